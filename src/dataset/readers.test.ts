/** What the readers of JSONL and CSV have in common: bytes in, rows out, ConfigError for everything else. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConfigError } from "../errors.ts";
import { readCsv } from "./csv.ts";
import { readJsonl } from "./jsonl.ts";
import type { Row } from "./row.ts";
import { LONGEST_LINE } from "./text-lines.ts";

type Reader = (source: AsyncIterable<Uint8Array>, file: string) => AsyncIterable<readonly Row[]>;

/** Bytes in pieces of `size`, each in memory that is used again, as streams may do. */
async function* pieces(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  const shared = new Uint8Array(size);
  for (let at = 0; at < bytes.length; at += size) {
    const piece = bytes.subarray(at, at + size);
    shared.set(piece);
    yield shared.subarray(0, piece.length);
  }
}

const bytesOf = (given: string | Uint8Array) => (typeof given === "string" ? new TextEncoder().encode(given) : given);

async function rowsOf(reader: Reader, given: string | Uint8Array, size = 7): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for await (const block of reader(pieces(bytesOf(given), size), "data")) rows.push(...block);
  return rows;
}

async function mistakeOf(reader: Reader, given: string | Uint8Array): Promise<string> {
  try {
    await rowsOf(reader, given);
  } catch (thrown) {
    if (thrown instanceof ConfigError && thrown.place.file === "data") return `${thrown.code} ${thrown.place.line}`;
    throw thrown;
  }
  throw new Error("nothing was thrown");
}

const plain = (rows: readonly Row[]): unknown => JSON.parse(JSON.stringify(rows));
const utf16 = (text: string) => new Uint8Array(Buffer.from(text, "utf16le"));
const latin1 = (text: string) => new Uint8Array(Buffer.from(text, "latin1"));
const JSONL = '{"id":"1","input":"a"}\n{"id":"2","input":"b"}\n';
const CSV = "id,input\n1,a\n2,b\n";

describe.each([
  ["readJsonl", readJsonl, JSONL, 1],
  ["readCsv", readCsv, CSV, 2],
] as const)("%s", (_, reader, text, first) => {
  const two = [
    { line: first, value: { id: "1", input: "a" } },
    { line: first + 1, value: { id: "2", input: "b" } },
  ];

  it.each([
    ["as it is", text],
    ["with a byte-order mark", `\ufeff${text}`],
    ["with CRLF", text.replaceAll("\n", "\r\n")],
    ["with CRLF and LF mixed", text.replace("\n", "\r\n")],
    ["without a last line end", text.trimEnd()],
    ["with blank lines at the end", `${text}\n  \n\r\n`],
  ])("reads a file %s, however it is cut into pieces", async (__, given) => {
    for (const size of [1, 2, 3, 1_000]) expect(plain(await rowsOf(reader, given, size))).toEqual(two);
  });

  it("reads nothing from nothing", async () => {
    expect(await rowsOf(reader, "")).toEqual([]);
    expect(await rowsOf(reader, "\ufeff")).toEqual([]);
  });

  it.each([
    ["UTF-16 with its mark", utf16(`\ufeff${text}`), 1],
    ["UTF-16 without", utf16(text), 1],
    ["big-endian UTF-16", new Uint8Array(Buffer.from(utf16(`\ufeff${text}`)).swap16()), 1],
    ["Latin-1", latin1(text.replace("b", "é")), first + 1],
    ["a cut character at the end", bytesOf(text.replace("b", "é")).slice(0, text.indexOf("b") + 1), first + 1],
    ["a NUL byte", text.replace("b", "\u0000"), first + 1],
  ])("refuses %s with the line", async (__, given, line) => {
    expect(await mistakeOf(reader, given)).toBe(`not-utf8 ${line}`);
  });

  it("refuses a blank line before a row, with its line", async () => {
    const lines = text.split("\n");
    lines.splice(first, 0, "", " ");
    expect(await mistakeOf(reader, lines.join("\n"))).toBe(`blank-line ${first + 1}`);
  });

  it("refuses a line over 8 MB without reading on", async () => {
    let read = 0;
    async function* long() {
      yield bytesOf(text);
      for (; read < 20; read++) yield new Uint8Array(2 ** 20).fill(0x61);
    }
    const rows = reader(long(), "data");
    await expect(async () => {
      for await (const block of rows) for (const row of block) expect(row.line).toBeLessThan(first + 2);
    }).rejects.toMatchObject({ code: "line-too-long", place: { line: first + 2 } });
    expect(read).toBeLessThanOrEqual(LONGEST_LINE / 2 ** 20 + 1);
  });

  it("gives rows while it reads, each once", async () => {
    let read = 0;
    const row = text.slice(text.lastIndexOf("\n", text.length - 2) + 1);
    async function* source() {
      yield bytesOf(text);
      for (; read < 20_000; read++) yield bytesOf(row);
    }
    const readBefore: number[] = [];
    for await (const block of reader(source(), "data")) readBefore.push(...block.map(() => read));
    expect(readBefore).toHaveLength(20_002);
    expect(readBefore[0]).toBeLessThan(10_000);
  });

  it("closes its source when nobody reads on, and tells when the source fails", async () => {
    let closed = false;
    async function* source() {
      try {
        for (let index = 0; index < 1e6; index++) yield bytesOf(index === 0 ? text : text.slice(text.indexOf("1")));
      } finally {
        closed = true;
      }
    }
    for await (const block of reader(source(), "data")) {
      expect(block).toBeDefined();
      break;
    }
    await new Promise((resolve) => setImmediate(resolve));
    expect(closed).toBe(true);
    async function* failing() {
      yield bytesOf(text);
      throw new Error("disk");
    }
    await expect(rowsOf(() => reader(failing(), "data"), "")).rejects.toThrow("disk");
  });

  it("never fails but with a ConfigError that has file and line, whatever the bytes", async () => {
    const soup = fc.array(
      fc.constantFrom(...'{}[]",:;\\\n\r\t 1a'.split(""), '"id"', '"input"', text, "é", "\ufeff", "__proto__"),
      { maxLength: 20 },
    );
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      soup.map((all) => bytesOf(all.join(""))),
    );
    await fc.assert(
      fc.asyncProperty(bytes, fc.integer({ min: 1, max: 9 }), async (given, size) => {
        try {
          await rowsOf(reader, given, size);
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(ConfigError);
          if (thrown instanceof ConfigError)
            expect(thrown.place).toMatchObject({ file: "data", line: expect.any(Number) });
        }
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("readJsonl", () => {
  it("gives back any JSON values, with their lines", async () => {
    const values = fc.array(fc.jsonValue(), { maxLength: 8 });
    const end = fc.constantFrom("\n", "\r\n");
    await fc.assert(
      fc.asyncProperty(values, end, fc.integer({ min: 1, max: 30 }), async (given, lineEnd, size) => {
        const rows = await rowsOf(readJsonl, given.map((value) => JSON.stringify(value) + lineEnd).join(""), size);
        const wanted = given.map((value, index) => ({ line: index + 1, value: JSON.parse(JSON.stringify(value)) }));
        expect(plain(rows)).toEqual(wanted);
      }),
    );
  });

  it("tells line and column of a syntax error, and of a key given twice", async () => {
    expect(await mistakeOf(readJsonl, `${JSONL}{"id":"3",}\n`)).toBe("json-syntax 3");
    expect(await mistakeOf(readJsonl, '{"id":"3","input":{"a":1,"a":2}}')).toBe("json-duplicate-key 1");
    await expect(rowsOf(readJsonl, "\n")).resolves.toEqual([]);
    await expect(rowsOf(readJsonl, '{"a":x}')).rejects.toMatchObject({ message: expect.stringMatching(/column 6/) });
  });

  it("gives the rows before a mistake first, however it is cut into pieces", async () => {
    for (const bad of ['{"a":', latin1('{"é":1}'), '"\u0000"', '\n \n{"id":"3"}', `"${"x".repeat(LONGEST_LINE)}"`]) {
      const given = Buffer.concat([bytesOf(JSONL), bytesOf(bad), bytesOf(`\n${JSONL}`)]);
      for (const size of [1, 2, 3, 40, given.length].slice(given.length > 1_000 ? 3 : 0)) {
        const rows: Row[] = [];
        await expect(async () => {
          for await (const block of readJsonl(pieces(given, size), "data")) rows.push(...block);
        }).rejects.toThrow(ConfigError);
        expect(rows.map(({ line }) => line)).toEqual([1, 2]);
      }
    }
  });

  it("does not take a mark inside of the file for a blank", async () => {
    expect(await mistakeOf(readJsonl, `${JSONL}\ufeff{"id":"3","input":"c"}`)).toBe("json-syntax 3");
  });
});

describe("readCsv", () => {
  it("gives back any texts, quoted, with the lines on which records start", async () => {
    const cell = fc.oneof(
      fc.string({ minLength: 1 }),
      fc
        .array(fc.constantFrom('"', ",", "\n", "\r\n", "a", " ", "é", ";"), { minLength: 1 })
        .map((all) => all.join("")),
    );
    const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
    const safe = cell.map((text) => text.replaceAll("\u0000", "0"));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(safe, safe)), fc.constantFrom("\n", "\r\n"), async (records, end) => {
        const lines = records.map(([id, input]) => `${quoted(id)},${quoted(input)}${end}`);
        const rows = await rowsOf(readCsv, `id,input${end}${lines.join("")}`, 5);
        let line = 2;
        const wanted = records.map(([id, input]) => {
          const row = { line, value: { id, input } };
          line += `${id}${input}`.split("\n").length;
          return row;
        });
        expect(plain(rows)).toEqual(wanted);
      }),
    );
  });

  it("makes an object of input.<field> columns, lists of tags and numbers of weights", async () => {
    const text = "id,input.q,input.__proto__,expected,tags,weight,split\n1,Why?,,yes, a ;b;;,2.5,dev\n2,,x,,,,\n";
    const rows = await rowsOf(readCsv, text);
    expect(JSON.stringify(rows)).toBe(
      JSON.stringify([
        {
          value: JSON.parse(
            '{"id":"1","input":{"q":"Why?","__proto__":""},"expected":"yes","tags":["a","b"],"weight":2.5,"split":"dev"}',
          ),
          line: 2,
        },
        { value: JSON.parse('{"id":"2","input":{"q":"","__proto__":"x"}}'), line: 3 },
      ]),
    );
    expect(Object.getPrototypeOf({})).toBe(Object.prototype);
  });

  it.each([
    ["an unknown column", "id,inptu\n", "csv-header 1"],
    ["a column twice", "id,input,id\n", "csv-header 1"],
    ["no id", "input\n", "csv-header 1"],
    ["no input", "id,expected\n", "csv-header 1"],
    ["input and its fields", "id,input,input.q\n", "csv-header 1"],
    ["a field without a name", "id,input.\n", "csv-header 1"],
    ["semicolons", "id;input\n1;a\n", "csv-header 1"],
    ["a cell too few", 'id,input\n1,"a\nb"\n2\n', "csv-ragged 4"],
    ["a cell too many", "id,input\n1,a,b\n", "csv-ragged 2"],
    ["a quote that does not close", 'id,input\n1,a\n2,"b\nc\n', "csv-quote 3"],
    ["a quote inside of a cell", 'id,input\n1,a"b\n', "csv-quote 2"],
    ["text after a quote", 'id,input\n1,"a"b\n', "csv-quote 2"],
    ["an empty input", "id,input\n1,\n", "bad-input 2"],
  ])("refuses %s", async (_, text, mistake) => {
    expect(await mistakeOf(readCsv, text)).toBe(mistake);
  });

  it("reads old-style lone CRs as part of a cell, never as lost rows", async () => {
    expect(await mistakeOf(readCsv, "id,input\r1,a\r")).toBe("csv-header 1");
  });

  it("refuses a record over 8 MB that hides in many lines", async () => {
    const line = `${"x".repeat(2 ** 20)}\n`;
    expect(await mistakeOf(readCsv, `id,input\n1,"${line.repeat(9)}"\n`)).toBe("line-too-long 2");
  });
});
