import { promisify } from "node:util";
import { brotliCompress, deflate, deflateRaw, gzip } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readText } from "./body.ts";
import { WireError } from "./fault.ts";

const compress: Readonly<Record<string, (bytes: Buffer) => Promise<Buffer>>> = {
  gzip: promisify(gzip),
  deflate: promisify(deflate),
  raw: promisify(deflateRaw),
  br: promisify(brotliCompress),
  identity: async (bytes) => bytes,
};

async function faultOf(reading: Promise<string>): Promise<string> {
  try {
    await reading;
  } catch (thrown) {
    if (thrown instanceof WireError) return thrown.fault.kind;
    throw thrown;
  }
  return "none";
}

describe("readText", () => {
  it("reads back any text in any encoding", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: "grapheme" }),
        fc.constantFrom(...Object.keys(compress)),
        async (text, name) => {
          const bytes = (await compress[name]?.(Buffer.from(text))) ?? Buffer.alloc(0);
          const read = await readText(bytes, name === "raw" ? "deflate" : name);
          expect(read).toBe(text.replace(/^\uFEFF/, ""));
        },
      ),
    );
  });

  it("stops where the limit is", async () => {
    const megabyte = Buffer.alloc(1024 * 1024, "a");
    expect(await faultOf(readText(await promisify(gzip)(megabyte), "gzip", 1024 * 1024 - 1))).toBe("too-large");
    expect(await faultOf(readText(await promisify(gzip)(megabyte), "gzip", 1024 * 1024))).toBe("none");
  });

  it.each([
    ["a stream that ends early", Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0x4b]), "gzip", "cut"],
    ["bytes that are not what they say", Buffer.from("plain text"), "gzip", "bad-encoding"],
    ["an encoding that nobody knows", Buffer.from("x"), "zstd", "not-an-answer"],
    ["two encodings", Buffer.from("x"), "gzip, br", "not-an-answer"],
    ["what is not UTF-8", Buffer.from([0x22, 0xff, 0xfe, 0x22]), undefined, "bad-encoding"],
    ["a surrogate in UTF-8", Buffer.from([0xed, 0xa0, 0x80]), undefined, "bad-encoding"],
  ])("refuses %s", async (_, bytes, encoding, kind) => {
    expect(await faultOf(readText(bytes, encoding))).toBe(kind);
  });
});
