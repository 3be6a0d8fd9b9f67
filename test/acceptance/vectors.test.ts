/** Every statistic against the published reference values, one test a function, where the values are there. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { readVectorFile } from "../vectors/file.ts";
import { runVectors } from "../vectors/run.ts";

const NAME = "../shared/stats/vectors.json";
const PATH = fileURLToPath(new URL(`../../${NAME}`, import.meta.url));

describe("reference vectors", () => {
  if (!existsSync(PATH)) {
    it(`${NAME} is not there`, (ctx) => ctx.skip(`${NAME} is not there`));
    return;
  }
  const file = readVectorFile(PATH);
  it.each([...file.functions])("%s", (name, vectors) => {
    const { passed, lines } = runVectors({ ...file, functions: new Map([[name, vectors]]) });
    expect(lines).toEqual([]);
    expect(passed).toBe(vectors.length);
  });
});
