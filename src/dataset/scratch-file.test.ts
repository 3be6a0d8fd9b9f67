import { execFileSync } from "node:child_process";
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

it("is closed once nothing points to it", () => {
  const code = `import { readdirSync } from "node:fs";
import { openScratchFile } from ${JSON.stringify(new URL("scratch-file.ts", import.meta.url).href)};
const open = () => readdirSync("/dev/fd").length;
const before = open();
for (let n = 0; n < 50; n++) openScratchFile().write(new Uint8Array(8), 0);
const most = open() - before;
for (let n = 0; n < 10; n++) {
  gc();
  await new Promise((done) => setTimeout(done, 20));
}
console.log(JSON.stringify([most, open() - before]));`;
  const args = ["--expose-gc", "--input-type=module", "--eval", code];
  const [most = 0, left = 50] = JSON.parse(execFileSync(process.execPath, args, { encoding: "utf8" }));
  expect(most).toBe(50);
  // The newest may stand on the stack still.
  expect(left).toBeLessThan(5);
}, 30_000);
