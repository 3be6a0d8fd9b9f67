/** A user's project for the bench: one suite, half of its calls by each of two targets. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const SYSTEM = "Answer with the word that is asked for, and nothing else.";

export const questionAt = (n: number) => `Question ${n}: which word comes after ${n}?`;

/** A folder of its own under `folder`, with what is to be in it; returns its path. */
export function makeFolder(folder: string, name: string, parts: readonly string[] = []): string {
  const place = join(folder, name);
  for (const part of ["", ...parts]) mkdirSync(join(place, part), { recursive: true });
  return place;
}

/** Makes it anew under `folder` and returns its path. `served`: calls go to `$STUB`; `fake`: a function answers. */
export function makeProject(
  folder: string,
  name: string,
  count: number,
  who: "served" | "fake",
  atOnce: number,
): string {
  const place = makeFolder(folder, name, ["evals", "datasets"]);
  const cases = Array.from({ length: count / 2 }, (_, n) =>
    JSON.stringify({ id: `c${n}`, input: questionAt(n), expected: "ok" }),
  );
  writeFileSync(join(place, "datasets/bench.jsonl"), `${cases.join("\n")}\n`);
  const model =
    who === "fake"
      ? 'fake(() => "ok", { id })'
      : `openai(id, { baseUrl: process.env.STUB, maxTokens: 64, concurrency: ${atOnce} })`;
  writeFileSync(
    join(place, "evals/bench.eval.ts"),
    `import { defineSuite, exactMatch, fake, jsonl, openai, promptOnly } from "gapcheck";
const model = (id: string) => ${model};
const prompt = { system: ${JSON.stringify(SYSTEM)}, user: "{{input}}" };
export default defineSuite({
  name: "bench", scenario: "cost", cases: jsonl("../datasets/bench.jsonl"), graders: [exactMatch()],
  targets: [promptOnly("a", { model: model("bench-a"), prompt }), promptOnly("b", { model: model("bench-b"), prompt })],
  requirement: { quality: { atLeast: 0.5 } },
});
`,
  );
  return place;
}
