/** Which edits of a suite buy answers again, and which do not: everything that changes what a model says, and nothing else. */
import { afterEach, describe, expect, it } from "vitest";
import { caseLines, openWorkspace, suiteText, type Workspace } from "./workspace.ts";

const CASES = 3;
/** Texts that are put before each judge beside the answers. */
const CANARIES = 5;
let place: Workspace;
afterEach(() => place.close());

const MODEL = `openai("stub-base", { baseUrl: process.env.STUB_OPENAI, keyEnv: "STUB_KEY", price, maxTokens: 16, temperature: 0.5 })`;
const TARGETS = `[promptOnly("plain", { model: base, prompt: { user: "Say {{input}}" } })]`;

type Edit = readonly [from: string, to: string];

/** The suite with edits; each must find what it changes. */
function edited(...edits: readonly Edit[]): string {
  let text = suiteText({ model: MODEL, targets: TARGETS });
  for (const [from, to] of edits) {
    expect(text).toContain(from);
    text = text.replace(from, to);
  }
  return text;
}

/** Requests that a run sends. */
async function bought(args: readonly string[] = [], env: Readonly<Record<string, string>> = {}): Promise<number> {
  const before = place.stub.count();
  const { code, stderr } = await place.run(["run", ...args], { env });
  expect({ code, stderr }).toEqual({ code: 3, stderr: "" });
  return place.stub.count() - before;
}

type Edited = readonly [what: string, suite: string];

/** One run of a suite for each edit: a start of the command costs more than all that it does here. */
async function boughtByAll(edits: readonly Edited[], env: Readonly<Record<string, string>> = {}): Promise<number> {
  const files = edits.map(([what, suite], index) => {
    const file = `evals/edit-${index}.eval.ts`;
    place.write(file, suite.replace(/name: "\w+",\n {2}scenario/, `name: ${JSON.stringify(what)},\n  scenario`));
    return file;
  });
  const sent = await bought(files, env);
  expect(
    place
      .summary()
      .suites.map(({ decision }) => decision.suite)
      .sort(),
  ).toEqual(edits.map(([what]) => what).sort());
  return sent;
}

const answers = () => place.records().map(({ target, caseId, completion }) => `${target} ${caseId} ${completion.text}`);

describe("answers", () => {
  it("museum 13: are kept through every edit that no model sees", { timeout: 90_000 }, async () => {
    place = await openWorkspace({ cases: CASES, suite: edited() });
    expect(await bought()).toBe(CASES);
    // Each under a name of its own, which no model sees either.
    const edits: readonly Edited[] = [
      ["the target's name", edited(['"plain"', '"renamed"'])],
      ["the price", edited(["inputPerMillion: 1,", "inputPerMillion: 7,"])],
      ["the variable of the key", edited(['keyEnv: "STUB_KEY"', 'keyEnv: "OTHER_KEY"'])],
      ["most calls at once", edited(["price, maxTokens", "price, concurrency: 2, maxTokens"])],
      [
        "the grader and the requirement",
        edited(["[exactMatch()]", "[exactMatch({ name: 'same' })]"], ["atLeast: 0.8", "atLeast: 0.9"]),
      ],
      ["how the template is written", edited(["{{input}}", "{{ input }}"])],
    ];
    expect(await boughtByAll(edits, { OTHER_KEY: "another-key-of-the-same-account" })).toBe(0);
    expect(place.records()).toHaveLength(edits.length * CASES);
    expect(place.records().filter(({ completion }) => completion.kind === "answer")).toHaveLength(edits.length * CASES);
    // Order, ids, tags, weights and what is expected are not shown to a model either.
    const lines = caseLines(CASES).trim().split("\n").reverse();
    const relabelled = lines.map((line) =>
      line.replace('"id":"c', '"tags":["new"],"weight":2,"id":"n').replace('"expected":"word', '"expected":"a word'),
    );
    place.write("datasets/words.jsonl", `${relabelled.join("\n")}\n`);
    expect(await bought(["evals/words.eval.ts", "--concurrency", "1"])).toBe(0);
    expect(answers()).toEqual(["plain n0003 word 3", "plain n0002 word 2", "plain n0001 word 1"]);
    expect(place.summary().suites[0]?.decision.measures[0]?.counts).toMatchObject({ passed: 0, failed: CASES });
  });

  it("museum 11, 14: are bought again after every edit that changes what is asked, and found again when it is undone", {
    timeout: 90_000,
  }, async () => {
    place = await openWorkspace({ cases: CASES, suite: edited() });
    expect(await bought()).toBe(CASES);
    const edits: readonly Edited[] = [
      ["the model", edited(['"stub-base"', '"stub-other"'])],
      ["the temperature", edited(["temperature: 0.5", "temperature: 0.6"])],
      ["the longest answer", edited(["maxTokens: 16", "maxTokens: 17"])],
      ["a seed", edited(["maxTokens: 16", "maxTokens: 16, seed: 1"])],
      ["a word of the provider's own", edited(["maxTokens: 16", "maxTokens: 16, extra: { logit_bias: {} }"])],
      ["the API", edited(["price, maxTokens", 'api: "responses", price, maxTokens'])],
      ["the question", edited(["Say {{input}}", "Say {{input}}."])],
      ["a system message", edited(["{ user:", '{ system: "Be short.", user:'])],
    ];
    // Every edit buys its own: one that did not would leave less, and less that is distinct.
    expect(await boughtByAll(edits)).toBe(edits.length * CASES);
    expect(place.stub.stats()).toMatchObject({ distinct: (1 + edits.length) * CASES, mostRepeated: 1 });
    const base = "evals/words.eval.ts";
    expect(await bought([base, "--trials", "2"])).toBe(CASES);
    expect(await bought([base, "--trials", "2"])).toBe(0);
    expect(place.stub.stats().mostRepeated).toBe(2);
    const other = caseLines(CASES).replace('"input":"word 2"', '"input":"word two"');
    place.write("datasets/words.jsonl", other);
    expect(await bought([base])).toBe(1);
    expect(answers()).toEqual(["plain c0001 word 1", "plain c0002 word two", "plain c0003 word 3"]);
  });

  it("museum 10: two models with one prompt never share an answer, two targets with one question pay once", async () => {
    const target = (name: string, model: string) =>
      `promptOnly("${name}", { model: openai("${model}", { baseUrl: process.env.STUB_OPENAI, keyEnv: "STUB_KEY" }), prompt: { user: "Say {{input}}" } })`;
    const targets = `[${target("a", "one")}, ${target("b", "two")}, ${target("c", "one")}]`;
    place = await openWorkspace({
      cases: CASES,
      suite: suiteText({ targets }),
      stub: { reply: ({ model, messages, n }) => `${model}: ${messages.at(-1)?.content} (${n})`, latencyMs: 5 },
    });
    for (const sent of [2 * CASES, 0]) {
      expect(await bought()).toBe(sent);
      const byCase = Map.groupBy(place.records(), ({ caseId }) => caseId);
      for (const [, [a, b, c]] of byCase) {
        expect(a?.completion.text).toMatch(/^one: Say word \d \(\d\)$/);
        expect(b?.completion.text).toMatch(/^two: Say word \d \(\d\)$/);
        expect(c?.completion).toEqual(a?.completion);
      }
    }
  });
});

describe("judgements", () => {
  it("museum 12: what a judge would see anew is judged anew, and no answer is bought for it", {
    timeout: 90_000,
  }, async () => {
    const judged = (more = "", rubric = "Is it polite?") =>
      `[judge({ name: "j"${more}, model: openai("stub-judge", { baseUrl: process.env.STUB_OPENAI, keyEnv: "STUB_KEY", price }), rubric: "${rubric}", labels: { pass: 1, fail: 0 }, evidence: false })]`;
    const suite = (graders: string) => suiteText({ targets: TARGETS, graders });
    place = await openWorkspace({
      cases: CASES,
      suite: suite(judged()),
      stub: {
        reply: ({ model, messages }) =>
          model === "stub-judge" ? '{"reason": "kind", "label": "pass"}' : (messages.at(-1)?.content ?? ""),
      },
    });
    expect(await bought()).toBe(2 * CASES + CANARIES);
    const anew: readonly Edited[] = [
      ["the rubric under the same name", suite(judged("", "Is it very polite?"))],
      ["the labels", suite(judged().replace("fail: 0", "fail: 0, half: 0.5"))],
      ["the judge", suite(judged().replace('"stub-judge", {', '"stub-judge", { temperature: 0,'))],
      ["no reference", suite(judged(", expected: false"))],
    ];
    expect(await boughtByAll(anew)).toBe(anew.length * (CASES + CANARIES));
    expect(place.stub.stats().mostRepeated).toBe(1);
    const same: readonly Edited[] = [
      ["nothing", suite(judged())],
      ["its name", suite(judged().replace('"j"', '"k"'))],
      ["the score of a label only", suite(judged().replace("fail: 0", "fail: 0.1"))],
    ];
    expect(await boughtByAll(same)).toBe(0);
    place.write("datasets/words.jsonl", caseLines(CASES).replace('"expected":"word 2"', '"expected":"word two"'));
    expect(await bought(["evals/words.eval.ts"])).toBe(1);
    expect(place.stub.requests.filter(({ model }) => model === "stub-base")).toHaveLength(CASES);
  });
});
