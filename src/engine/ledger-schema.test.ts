import { spawnSync } from "node:child_process";
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, it } from "vitest";
import { openForReading, openForWriting } from "./ledger-schema.ts";

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gapcheck-schema-"));
  file = join(folder, "l.sqlite");
});
afterEach(() => {
  chmodSync(folder, 0o700);
  rmSync(folder, { recursive: true });
});

it.each([1, 2, 99])("a file of %i bytes is no new ledger, and stays as it is", (bytes) => {
  writeFileSync(file, "x".repeat(bytes));
  for (const open of [openForWriting, openForReading]) {
    expect(() => open(file)).toThrow(
      expect.objectContaining({ code: "ledger-damaged", message: expect.stringContaining(`it has ${bytes} byte`) }),
    );
  }
  expect(readFileSync(file, "utf8")).toBe("x".repeat(bytes));
});

/** Opens as somebody whom rights bind, which they do not root. */
function asNobody(): unknown {
  const schema = JSON.stringify(fileURLToPath(new URL("ledger-schema.ts", import.meta.url)));
  const code = `
    const { openForReading, openForWriting } = await import(${schema});
    if (process.getuid() === 0) process.setuid(65534);
    const told = [openForReading, openForWriting].map((open) => {
      try {
        const db = open(${JSON.stringify(file)});
        return db.prepare("SELECT count(*) AS n FROM runs").get().n;
      } catch ({ code, message, fix }) {
        return { code, message, fix };
      }
    });
    console.log(JSON.stringify(told));`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", code], { encoding: "utf8" });
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout);
}

it("a read-only ledger in a read-only folder can be read, and says before anything is paid that it cannot be written", () => {
  const db = openForWriting(file);
  db.exec("INSERT INTO runs (host, pid, born, started_at, uid) VALUES ('h', 1, '', 0, 'u')");
  db.close();
  chmodSync(file, 0o444);
  chmodSync(folder, 0o555);
  const readOnly = { code: "ledger-read-only", fix: expect.stringContaining("gapcheck run --offline") };
  expect(asNobody()).toEqual([1, expect.objectContaining(readOnly)]);
});

it("a read-only folder with writes in the log is told, not read without them", () => {
  const db = openForWriting(file);
  copyFileSync(`${file}-wal`, join(folder, "wal"));
  db.close();
  copyFileSync(join(folder, "wal"), `${file}-wal`);
  for (const one of [file, `${file}-wal`]) chmodSync(one, 0o444);
  chmodSync(folder, 0o555);
  expect(asNobody()).toMatchObject([
    { code: "ledger-read-only", fix: expect.stringContaining("Copy it with its log") },
    {},
  ]);
});
