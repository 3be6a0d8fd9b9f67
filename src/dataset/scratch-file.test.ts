import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openScratchFile } from "./scratch-file.ts";

function inFolder(use: (folder: string) => void): void {
  const folder = mkdtempSync(join(tmpdir(), "gapcheck-scratch-"));
  try {
    use(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

it("gives back what was written where it was written, and leaves no name behind", () => {
  inFolder((folder) => {
    const file = openScratchFile(folder);
    expect(readdirSync(folder)).toEqual([]);
    file?.write(Buffer.from("second"), 5);
    file?.write(Buffer.from("first"), 0);
    const into = Buffer.alloc(11);
    file?.read(into, 0);
    expect(into.toString()).toBe("firstsecond");
    expect(() => file?.read(into, 4)).toThrow("ends at 11");
    file?.close();
    file?.close();
    expect(() => file?.write(Buffer.from("more"), 0)).toThrow("after it was closed");
  });
});

it("is none where no file can be made", () => {
  inFolder((folder) => {
    expect(openScratchFile(join(folder, "gone"))).toBeUndefined();
  });
});
