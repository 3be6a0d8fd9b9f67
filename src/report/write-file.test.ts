import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ConfigError, StorageError } from "../errors.ts";
import { writeWholeLines } from "./write-file.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gapcheck-write-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("writeWholeLines", () => {
  it("writes every line of a text that is longer than one write, and nothing else", async () => {
    const lines = Array.from({ length: 2_000 }, (_, index) => `${index} ${"é".repeat(200)}`);
    await writeWholeLines(join(folder, "f"), lines);
    expect(readFileSync(join(folder, "f"), "utf8")).toBe(`${lines.join("\n")}\n`);
    expect(readdirSync(folder)).toEqual(["f"]);
  });

  it("writes a line that is longer than one write to the letter, pairs of surrogates too, between its neighbours", async () => {
    // Of one offset or the other, some pair lies where a write ends.
    for (const offset of ["", "x"]) {
      const lines = ["before", `${offset}${"\u{1f600}".repeat(400_000)}`, "after", "y".repeat(600_000)];
      await writeWholeLines(join(folder, "f"), lines);
      expect(readFileSync(join(folder, "f"), "utf8") === `${lines.join("\n")}\n`).toBe(true);
    }
  });

  it("leaves what stood there when the lines end in a mistake, and nothing where nothing stood", async () => {
    await writeWholeLines(join(folder, "f"), ["before"]);
    const mistake = new ConfigError("x", "a mistake", { fix: "mend it" });
    const broken = function* () {
      yield "half";
      throw mistake;
    };
    for (const name of ["f", "g"]) await expect(writeWholeLines(join(folder, name), broken())).rejects.toBe(mistake);
    expect(readFileSync(join(folder, "f"), "utf8")).toBe("before\n");
    expect(readdirSync(folder)).toEqual(["f"]);
  });

  it("names the file that the disk does not take", async () => {
    const file = join(folder, "none", "f");
    const said = writeWholeLines(file, ["x"], { what: "recording" });
    await expect(said).rejects.toThrow(StorageError);
    await expect(said).rejects.toThrow("The recording could not be written");
    expect(existsSync(file)).toBe(false);
  });
});
