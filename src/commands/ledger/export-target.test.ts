import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { headLine } from "../../engine/ledger-jsonl.ts";
import { exportTarget } from "./export-target.ts";

const cwd = mkdtempSync(join(tmpdir(), "gapcheck-export-"));
afterAll(() => rmSync(cwd, { recursive: true }));
const ledger = join(cwd, "l.sqlite");
const target = (to: string, force = false) => exportTarget(to, { cwd, ledger, force });

it("writes new files, empty ones and those of earlier exports, and standard output", () => {
  writeFileSync(join(cwd, "old.jsonl"), `${headLine()}\n{"end":{"lines":0}}\n`);
  writeFileSync(join(cwd, "first.jsonl"), '{"format":"gapcheck.ledger/1"}\r\n');
  writeFileSync(join(cwd, "empty.jsonl"), "");
  for (const name of ["new.jsonl", "old.jsonl", "first.jsonl", "empty.jsonl"]) {
    expect(target(name)).toEqual({ kind: "file", file: join(cwd, name) });
  }
  for (const to of ["-", "/dev/stdout"]) expect(target(to)).toEqual({ kind: "stdout" });
});

it("leaves what somebody else wrote alone, unless forced, and the ledger, folders and devices always", () => {
  mkdirSync(join(cwd, "datasets"));
  writeFileSync(join(cwd, "datasets", "cases.jsonl"), '{"id":"c1","input":"a"}\n');
  writeFileSync(join(cwd, "long.bin"), Buffer.alloc(5_000));
  for (const name of ["datasets/cases.jsonl", "long.bin"]) {
    expect(() => target(name)).toThrow("would overwrite a file that is no earlier export");
    expect(target(name, true)).toEqual({ kind: "file", file: join(cwd, name) });
  }
  for (const force of [false, true]) {
    expect(() => target("l.sqlite-wal", force)).toThrow("would overwrite the ledger");
    expect(() => target("datasets", force)).toThrow("in the place of a folder");
    expect(() => target("/dev/full", force)).toThrow("the place of a device");
  }
});
