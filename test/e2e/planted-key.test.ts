/** A suite, its cases and its answers that hold a key in every place that has a name or a text: no command says it, no file keeps it. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { PLANTED_KEY, refuseKeyIn } from "../planted-key.ts";
import { openWorkspace, type Workspace } from "./workspace.ts";

let place: Workspace;
afterEach(() => place.close());

const SUITE = `
import { defineSuite, judge, fineTuned, openai, promptOnly } from "gapcheck";
const key = process.env.STUB_KEY ?? "";
const price = { inputPerMillion: 1, outputPerMillion: 2, asOf: "2026-11-01", source: "from " + key };
const model = (id) => openai(id + key, { baseUrl: process.env.STUB_OPENAI, keyEnv: id === "base" ? "LLM_AUTH" : "STUB_KEY", price, extra: { user: key } });
const prompt = { system: "The key is " + key, user: "Say {{input}}" };
const words = { name: "exactly " + key, grade: (text, { expected }) => {
  if (text.includes("throw")) throw new Error("no " + key);
  return { score: text === expected ? 1 : 0, why: "compared with " + key };
} };
export default defineSuite({
  name: "words " + key,
  description: "About " + key,
  scenario: "format",
  cases: Array.from({ length: 34 }, (_, n) => ({ id: "c" + n + key, input: n + key, expected: n + key, tags: ["tag " + key], cluster: "of " + n + key })),
  targets: [
    promptOnly("plain " + key, { model: model("base"), prompt }),
    fineTuned("tuned " + key, { model: model("tuned"), prompt, tunedFrom: model("base"), retiresOn: "2026-01-01" }),
  ],
  graders: [words.grade, judge({ name: "j" + key, required: false, model: model("judge"), rubric: "Is it " + key + "?", labels: { pass: 1, fail: 0 }, evidence: false })],
  requirement: { quality: { atLeast: 0.8 } },
  training: { examples: 300, venue: { name: "own machine " + key, trains: true } },
});
`;

/** Of a variable whose name says nothing, and without a digit: known because a model sends it. */
const UNNAMED = "openSesameOpenSesame";

it("a key in every name and text of a suite stays out of all that is said and written", {
  timeout: 120_000,
}, async () => {
  place = await openWorkspace({
    suite: SUITE,
    stub: {
      reply: ({ model, messages, n }) => {
        if (model.startsWith("judge")) return JSON.stringify({ reason: `since ${PLANTED_KEY}`, label: "pass" });
        return n % 9 === 0
          ? `throw ${PLANTED_KEY}`
          : `${model.startsWith("base") ? UNNAMED : ""}${messages.at(-1)?.content.slice("Say ".length)}`;
      },
      misbehave: (n) =>
        n % 7 === 0 ? { kind: "error", error: { status: 400, message: `bad ${PLANTED_KEY} ${UNNAMED}` } } : undefined,
    },
  });
  const outputs = {
    GITHUB_ACTIONS: "true",
    GITHUB_OUTPUT: join(place.folder, "o"),
    GITHUB_STEP_SUMMARY: join(place.folder, "s"),
  };
  for (const args of [["run"], ["plan"], ["gate", "--json"], ["baseline", "--check"]]) {
    const { stdout, stderr } = await place.run(args, { env: { ...outputs, LLM_AUTH: UNNAMED } });
    expect(stdout + stderr, args.join(" ")).not.toContain(UNNAMED);
    expect(stdout + stderr, args.join(" ")).toMatch(/(STUB|PLANTED_API)_KEY…6789/);
  }
  expect(place.records()).toHaveLength(68);
  expect(readdirSync(place.folder)).toEqual(expect.arrayContaining(["o", "s", "reports", ".gapcheck"]));
  refuseKeyIn(place.folder);
  for (const one of readdirSync(place.folder, { recursive: true, withFileTypes: true })) {
    const file = join(one.parentPath, one.name);
    if (one.isFile()) expect(readFileSync(file).includes(UNNAMED), file).toBe(false);
  }
  expect(JSON.stringify(place.records())).toContain("[LLM_AUTH…same]");
  expect(place.summary().run.notices).toContainEqual(
    expect.objectContaining({ code: "key-hidden", text: expect.stringContaining("held the value of LLM_AUTH") }),
  );
});
