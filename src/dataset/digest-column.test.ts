import { hash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createDigestColumn } from "./digest-column.ts";
import { openScratchFile, type ScratchFile } from "./scratch-file.ts";

const digestAt = (n: number) => hash("sha256", String(n), "hex");
const MANY = 70_000;
const all = Array.from({ length: MANY }, (_, n) => digestAt(n));

function filled(openScratch?: () => ScratchFile | undefined) {
  const column = createDigestColumn(openScratch);
  for (const one of all) column.add(one);
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

describe("a column of digests", () => {
  it("gives back every one, whichever are asked for, in memory and in a file", () => {
    const { scratch, asked } = disk(Number.POSITIVE_INFINITY);
    const column = filled(() => scratch);
    expect(column.size()).toBe(MANY);
    // 68 blocks of 1,024 were whole when the last digest came.
    expect(asked.writes).toBe(68);
    fc.assert(
      fc.property(fc.nat(MANY - 1), fc.nat(3_000), (from, some) => {
        const to = Math.min(MANY, from + some);
        expect(column.between(from, to)).toBe(all.slice(from, to).join(""));
      }),
    );
  });

  it("reads a block once for readers who walk side by side", () => {
    const { scratch, asked } = disk(Number.POSITIVE_INFINITY);
    const column = filled(() => scratch);
    for (let at = 0; at + 2_000 < MANY; at++) {
      column.between(at, at + 1);
      column.between(at + 2_000, at + 2_001);
    }
    expect(asked.reads).toBe(68);
  });

  it("makes no file for a few", () => {
    const column = createDigestColumn(() => {
      throw new Error("asked for a file");
    });
    for (const one of all.slice(0, 32_768)) column.add(one);
    expect(column.between(32_767, 32_768)).toBe(digestAt(32_767));
  });

  it.each([0, 1, 33, 50])("keeps in memory what a disk with room for %i blocks does not take", (room) => {
    const { scratch } = disk(room);
    const column = filled(() => scratch);
    expect(column.between(0, MANY)).toBe(all.join(""));
  });

  it("keeps all in memory where no file can be had", () => {
    const column = filled(() => undefined);
    expect(column.between(0, MANY)).toBe(all.join(""));
  });

  it("throws beyond the last, and forgets all", () => {
    const { scratch, asked } = disk(Number.POSITIVE_INFINITY);
    const column = filled(() => scratch);
    expect(() => column.between(MANY - 1, MANY + 1)).toThrow(RangeError);
    expect(() => column.between(-1, 0)).toThrow(RangeError);
    column.clear();
    expect(column.size()).toBe(0);
    expect(asked.closed).toBe(1);
    expect(() => column.between(0, 1)).toThrow(RangeError);
    column.add(digestAt(7));
    expect(column.between(0, 1)).toBe(digestAt(7));
  });
});
