/** The committed weights, run by llama.cpp, answer as torch does: greedy texts of the same prompts (models/tiny/train/parity.py). */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { local } from "../../src/model/local.ts";
import { repository } from "../repository.ts";

interface Line {
  readonly adapter?: string;
  readonly prompt: string;
  readonly answer: string;
}

const tiny = join(repository, "models/tiny");
const lines: readonly Line[] = JSON.parse(readFileSync(join(tiny, "parity.json"), "utf8"));
const world = {
  now: () => new Date(0),
  monotonicMs: () => 0,
  random: () => 0.5,
  sleep: async () => undefined,
  env: {},
  cwd: repository,
};

async function answered({ adapter, prompt }: Line): Promise<string> {
  const model = local(join(tiny, "base.f16.gguf"), {
    template: "raw",
    ...(adapter === undefined ? {} : { adapters: join(tiny, adapter) }),
  });
  const completion = await model.complete(
    {
      messages: [{ role: "user", content: prompt }],
      parameters: { temperature: 0, maxTokens: 96 },
      caseId: "parity",
      trial: 1,
      asker: adapter ?? "base",
      timeoutMs: 60_000,
      signal: new AbortController().signal,
    },
    world,
  );
  return completion.kind === "answer" ? completion.text : `${completion.code}: ${completion.message}`;
}

it("llama.cpp and torch give the same greedy text for at least 19 of 20 prompts, with and without adapters", async () => {
  const told = await Promise.all(lines.map(async (line) => ({ ...line, said: await answered(line) })));
  for (const group of [told.filter(({ adapter }) => adapter === undefined), told.filter(({ adapter }) => adapter)]) {
    expect(group).toHaveLength(20);
    const other = group.filter(({ said, answer }) => said !== answer);
    expect(other.length, JSON.stringify(other, null, 1)).toBeLessThanOrEqual(1);
  }
});
