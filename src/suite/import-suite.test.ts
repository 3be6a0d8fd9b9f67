import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { ConfigErrors } from "../errors.ts";
import { importSuite } from "./import-suite.ts";
import { runningUserCode } from "./user-code.ts";

const folder = mkdtempSync(join(tmpdir(), "gapcheck-import-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("does not wait for ever for a file that never finishes loading, although something keeps the process alive", async () => {
  const file = join(folder, "waits.eval.mjs");
  writeFileSync(file, "setInterval(() => {}, 1000).unref();\nawait new Promise(() => {});\n");
  const loading = importSuite(file, 50);
  expect(runningUserCode()).toBe("the top level of waits.eval.mjs");
  const thrown: unknown = await loading.catch((error: unknown) => error);
  const [error] = thrown instanceof ConfigErrors ? thrown.errors : [];
  expect(error).toMatchObject({ code: "suite-waits", place: { file } });
});
