import { existsSync } from "node:fs";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ConfigError, StorageError } from "../errors.ts";
import { latestRun, pointToLatest, prepareRunFolder, runId } from "./run-folder.ts";
import { writeWhole } from "./write-file.ts";

const at = new Date("2026-11-24T10:02:11.345Z");
let folder = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "gapcheck-report-"));
});
afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function errorOf(action: Promise<unknown>): Promise<unknown> {
  return action.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
}

describe("prepareRunFolder", () => {
  it("names runs by time, and tells runs of one second apart", async () => {
    expect(runId(at)).toBe("2026-11-24T10-02-11Z");
    const root = join(folder, "deep", "reports");
    const ids = await Promise.all(Array.from({ length: 5 }, async () => (await prepareRunFolder(root, at)).id));
    expect(ids.sort()).toEqual(["", "-2", "-3", "-4", "-5"].map((suffix) => `2026-11-24T10-02-11Z${suffix}`));
    expect((await readdir(root)).sort()).toEqual(ids);
  });

  it("says that a file stands where the folder should be", async () => {
    const root = join(folder, "reports");
    await writeFile(root, "");
    for (const path of [root, join(root, "deeper")]) {
      const error = await errorOf(prepareRunFolder(path, at));
      expect(error).toBeInstanceOf(ConfigError);
      expect(error).toMatchObject({ code: "reports-not-a-folder", place: { file: path } });
    }
  });

  it.each(["EACCES", "EROFS", "ENOSPC"])("says that reports cannot be written: %s", async (code) => {
    const refuse = (path: string, options: { readonly recursive: boolean }) =>
      options.recursive ? mkdir(path, options) : Promise.reject(Object.assign(new Error(code), { code }));
    const error = await errorOf(prepareRunFolder(folder, at, refuse));
    expect(error).toBeInstanceOf(ConfigError);
    expect(error).toMatchObject({ code: "reports-not-writable" });
  });
});

describe("the pointer to the latest run", () => {
  it("is written and read back", async () => {
    expect(await latestRun(folder)).toBeUndefined();
    await pointToLatest(folder, "2026-11-24T10-02-11Z");
    await pointToLatest(folder, "2026-11-24T10-02-12Z-2");
    expect(await latestRun(folder)).toBe("2026-11-24T10-02-12Z-2");
    expect(await readFile(join(folder, "latest"), "utf8")).toBe(
      '{"schema":"gapcheck.latest/1","run":"2026-11-24T10-02-12Z-2"}\n',
    );
    expect(await readdir(folder)).toEqual(["latest"]);
  });

  it.each([
    "",
    "{",
    '"x"',
    '{"schema":"gapcheck.latest/1","run":"../../etc"}',
    '{"schema":"other","run":"2026-11-24T10-02-11Z"}',
  ])("is not taken from %j", async (text) => {
    await writeFile(join(folder, "latest"), text);
    expect(await latestRun(folder)).toBeUndefined();
  });
});

describe("writeWhole", () => {
  it.skipIf(!existsSync("/dev/full"))(
    "leaves what stood there when the disk is full, and nothing beside it",
    async () => {
      const file = join(folder, "summary.json");
      await writeFile(file, "before");
      await symlink("/dev/full", `${file}.${process.pid}.partial`);
      const error = await errorOf(writeWhole(file, "after"));
      expect(error).toBeInstanceOf(StorageError);
      expect(error).toMatchObject({ file });
      expect((error as StorageError).fix).toContain("space");
      expect(await readFile(file, "utf8")).toBe("before");
      expect(await readdir(folder)).toEqual(["summary.json"]);
      await writeWhole(file, "after");
      expect(await readFile(file, "utf8")).toBe("after");
    },
  );
});
