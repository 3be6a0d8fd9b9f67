import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createByteColumn } from "./byte-column.ts";
import { openScratchFile, type ScratchFile } from "./scratch-file.ts";

const BLOCK = 32 * 1024;
/** 68 blocks and a part; no two blocks are alike. */
const SIZE = 68 * BLOCK + 5_000;
const all = Buffer.from(Uint32Array.from({ length: SIZE / 4 }, (_, at) => Math.imul(at + 1, 0x9e3779b1)).buffer);

function filled(openScratch?: () => ScratchFile | undefined, spills = true) {
  const column = createByteColumn({ spills, ...(openScratch === undefined ? {} : { openScratch }) });
  for (let at = 0; at < SIZE; at += 1_000) column.append(all.subarray(at, at + 1_000));
  return column;
}

/** A disk that takes so many blocks and no more; counts what was asked of it. */
function disk(room: number) {
  const file = openScratchFile();
  if (file === undefined) throw new Error("no scratch file");
  const asked = { writes: 0, reads: 0, closed: 0 };
  const scratch: ScratchFile = {
    write(bytes, position) {
      if (asked.writes++ >= room) throw Object.assign(new Error("no space left on device"), { code: "ENOSPC" });
      file.write(bytes, position);
    },
    read(into, position) {
      asked.reads++;
      file.read(into, position);
    },
    close() {
      asked.closed++;
      file.close();
    },
  };
  return { scratch, asked };
}

const never = () => {
  throw new Error("asked for a file");
};

describe("a column of bytes", () => {
  it("gives back what was appended in parts of any size, whichever bytes are asked for", () => {
    const part = fc.oneof(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ minLength: BLOCK, maxLength: 3 * BLOCK }));
    fc.assert(
      fc.property(fc.array(part, { maxLength: 20 }), fc.nat(), fc.nat(), (parts, one, other) => {
        const column = createByteColumn();
        for (const each of parts) column.append(each);
        const whole = Buffer.concat(parts);
        expect(column.size()).toBe(whole.length);
        const ends = [one % (whole.length + 1), other % (whole.length + 1)];
        const [from, to] = [Math.min(...ends), Math.max(...ends)];
        expect(column.between(from, to).equals(whole.subarray(from, to))).toBe(true);
      }),
    );
  });

  it("writes texts and gives them back, across blocks too", () => {
    const unit = fc.oneof(
      fc.tuple(
        fc.constant("hex" as const),
        fc.uint8Array({ maxLength: 40 }).map((of) => Buffer.from(of).toString("hex")),
      ),
      fc.tuple(fc.constant("latin1" as const), fc.string({ unit: fc.constantFrom("a", "\0", "\xff"), maxLength: 900 })),
      fc.tuple(
        fc.constant("utf16le" as const),
        fc.string({ unit: fc.constantFrom("a", "客", "\ud800"), maxLength: 900 }),
      ),
    );
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 60 }), fc.nat(2 * BLOCK), (texts, before) => {
        const column = createByteColumn();
        column.append(new Uint8Array(before));
        const ends = texts.map(([encoding, text]) => {
          const from = column.size();
          const took = column.write(text, encoding);
          expect(column.size()).toBe(from + took);
          return [from, from + took] as const;
        });
        for (const [at, [encoding, text]] of texts.entries()) {
          const [from = 0, to = 0] = ends[at] ?? [];
          expect(column.text(from, to, encoding)).toBe(text);
        }
      }),
    );
  });

  it("gives back every byte of a file, across its blocks too", () => {
    const { scratch, asked } = disk(Number.POSITIVE_INFINITY);
    const column = filled(() => scratch);
    expect(column.size()).toBe(SIZE);
    // All but the last, which is not whole.
    expect(asked.writes).toBe(68);
    fc.assert(
      fc.property(fc.nat(SIZE), fc.nat(3 * BLOCK), (from, some) => {
        const to = Math.min(SIZE, from + some);
        expect(column.between(from, to).equals(all.subarray(from, to))).toBe(true);
      }),
    );
  });

  it("reads a block once for readers who walk side by side", () => {
    const { scratch, asked } = disk(Number.POSITIVE_INFINITY);
    const column = filled(() => scratch);
    for (let at = 0; at + 64_000 < SIZE; at += 32) {
      column.between(at, at + 32);
      column.between(at + 63_968, at + 64_000);
    }
    expect(asked.reads).toBe(68);
  });

  it("makes no file for a little, nor where it is to stay in memory", () => {
    const column = createByteColumn({ spills: true, openScratch: never });
    column.append(all.subarray(0, 32 * BLOCK));
    expect(column.between(0, 32 * BLOCK).equals(all.subarray(0, 32 * BLOCK))).toBe(true);
    expect(() => column.append(all.subarray(0, 1))).toThrow("asked for a file");
    expect(filled(never, false).between(0, SIZE).equals(all)).toBe(true);
  });

  it.each([0, 1, 33, 50])("keeps in memory what a disk with room for %i blocks does not take", (room) => {
    const { scratch } = disk(room);
    expect(
      filled(() => scratch)
        .between(0, SIZE)
        .equals(all),
    ).toBe(true);
  });

  it("keeps all in memory where no file can be had", () => {
    expect(
      filled(() => undefined)
        .between(0, SIZE)
        .equals(all),
    ).toBe(true);
  });

  it("throws beyond the last, and forgets all", () => {
    const { scratch, asked } = disk(Number.POSITIVE_INFINITY);
    const column = filled(() => scratch);
    expect(() => column.between(SIZE - 1, SIZE + 1)).toThrow(RangeError);
    expect(() => column.between(-1, 0)).toThrow(RangeError);
    column.clear();
    expect(column.size()).toBe(0);
    expect(asked.closed).toBe(1);
    expect(() => column.between(0, 1)).toThrow(RangeError);
    column.append(Buffer.from([7]));
    expect([...column.between(0, 1)]).toEqual([7]);
  });

  it("begins anew after it forgot all: with no byte of before, and with a file again", () => {
    const disks = [disk(10), disk(Number.POSITIVE_INFINITY)];
    let asked = 0;
    const column = filled(() => disks[asked++]?.scratch);
    expect(column.between(0, SIZE).equals(all)).toBe(true);
    column.clear();
    const other = Buffer.from(all).reverse();
    for (let at = 0; at < SIZE; at += 1_000) column.append(other.subarray(at, at + 1_000));
    expect(column.between(0, SIZE).equals(other)).toBe(true);
    expect(disks[1]?.asked.writes).toBe(68);
    column.clear();
    for (let at = 0; at < SIZE; at += 1_000) column.append(all.subarray(at, at + 1_000));
    expect(column.between(0, SIZE).equals(all)).toBe(true);
  });
});
