/** Answers that outlive their model: a run, its recording, and the same run from the recording. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import { PLANTED_KEY } from "../planted-key.ts";
import { echo, openWorkspace, suiteText, type Workspace } from "./workspace.ts";

const FILE = "recordings/words.jsonl";

let place: Workspace;
afterEach(() => place.close());

/** All of a summary but the run itself and where its answers came from. */
function decisions(): unknown {
  const { suites } = JSON.parse(JSON.stringify(place.summary()), (name, value: unknown) =>
    ["provider", "recording"].includes(name) ? undefined : value,
  );
  return suites;
}

/** Records without what only the provider knew. */
const records = () =>
  place.records().map((record) => ({ ...record, completion: { ...record.completion, requestId: undefined } }));

/** By the answer that stands between the marks; about every tenth text the judge rambles first. */
function verdictOn(messages: readonly { readonly content: string }[]): string {
  const asked = messages.at(-1)?.content ?? "";
  const answer = /<<<ANSWER \w+>>>\n(.*)\n/.exec(asked)?.[1] ?? "";
  if (/[37]$/.test(answer) && !asked.includes("Your last reply")) return "Well, let me think.";
  return JSON.stringify({ reason: "so it is", quote: answer, label: answer.endsWith("1") ? "fail" : "pass" });
}

it("a recording gives verdict, figures and cost of the run again, and names the case whose prompt changed", {
  timeout: 120_000,
}, async () => {
  const targets = (model: { base: string; tuned: string }, user = "Say {{input}}") => `[
    promptOnly("plain", { model: ${model.base}, prompt: { user: "Say {{input}}" } }),
    promptOnly("polite", { model: ${model.base}, prompt: { system: "Be polite.", user: "${user}" } }),
    fineTuned("tuned", { model: ${model.tuned}, prompt: { user: "Say {{input}}" }, tunedFrom: ${model.base}, retiresOn: new Date().toISOString().slice(0, 10) }),
  ]`;
  const graders = (model: string, rubric = "Is it polite?") =>
    `[exactMatch(), judge({ name: "manners", model: ${model}, required: false, judgeFailed: true, rubric: "${rubric}", labels: { pass: 1, fail: 0 } })]`;
  const live = targets({ base: "base", tuned: "tuned" });
  place = await openWorkspace({
    cases: 60,
    suite: suiteText({
      targets: live,
      graders: graders(
        `openai("stub-judge", { baseUrl: process.env.STUB_OPENAI, keyEnv: "STUB_KEY", price, temperature: 0 })`,
      ),
      trials: 2,
      requirement: "{ quality: { atLeast: 0.8 }, cost: { usdPer1kAtMost: 1 } }",
    }),
    stub: {
      reply: ({ model, messages, n }) => {
        if (model === "stub-judge") return verdictOn(messages);
        return model === "stub-base" && n % 3 === 0 ? `no \u2028\u202e"${PLANTED_KEY}` : echo(messages);
      },
    },
  });
  const before = await place.run(["record"]);
  expect(before.code).toBe(2);
  expect(before.stderr).toContain(
    '"words", "plain": 120 of 120 answers are missing; not in the ledger: c0001 trial 1, c0001',
  );
  expect(before.stderr).toContain("Buy them with `gapcheck run --suite words`");
  expect(existsSync(join(place.folder, FILE))).toBe(false);

  const run = await place.run(["run"]);
  expect(run.stderr).toMatch(
    /^note: "tuned" ends on .*: keep its answers with gapcheck record --suite words --target tuned$/m,
  );
  const [wanted, said, sent] = [decisions(), records(), place.stub.count()];
  // A rambling judge that passes what tells it to, also when it is replayed.
  const { notices } = place.summary().run;
  expect(notices.map(({ code }) => code)).toEqual(["key-hidden", "key-hidden", "judge-steered"]);
  const recorded = await place.run(["record"]);
  expect(recorded).toMatchObject({ code: 0, stderr: "" });
  expect(recorded.stdout).toContain(`replay: recorded("../${FILE}") in evals/words.eval.ts`);
  const text = place.read(FILE);
  expect(text).not.toContain(PLANTED_KEY);
  const lines = text.trimEnd().split("\n");
  expect(lines.filter((line) => line.includes('"target":'))).toHaveLength(3 * (1 + 120));
  // One head, and a line a question: a text that stands twice is judged once, and what held no verdict was asked about again.
  const replies = lines.filter((line) => line.includes('"grader":"manners"'));
  expect(replies).toHaveLength(1 + new Set(replies.slice(1).map((line) => JSON.parse(line).prompt)).size);
  expect(replies.filter((line) => line.includes('"attempt":2')).length).toBeGreaterThan(0);
  expect(recorded.stdout).toContain(
    `"stub-judge", judge of "manners": ${replies.length - 1} of ${replies.length - 1} answers`,
  );
  // A second time, of one target alone: the same bytes.
  expect(await place.run(["record", "--target", "tuned"])).toMatchObject({ code: 0 });
  expect(place.read(FILE)).toBe(text);
  expect(readdirSync(join(place.folder, "recordings"))).toEqual(["words.jsonl"]);

  const from = `recorded("../${FILE}")`;
  const replay = (user?: string, rubric?: string) =>
    suiteText({
      targets: targets({ base: from, tuned: from }, user),
      graders: graders(from, rubric),
      trials: 2,
      requirement: "{ quality: { atLeast: 0.8 }, cost: { usdPer1kAtMost: 1 } }",
    });
  place.write("evals/words.eval.ts", replay());
  const again = await place.run(["run"], { env: { STUB_KEY: "" } });
  expect(again).toMatchObject({ code: run.code, stderr: "" });
  expect(place.stub.count()).toBe(sent);
  expect(decisions()).toEqual(wanted);
  expect(records()).toEqual(said);
  expect(place.summary().run.notices).toEqual(notices);
  const today = new Date().toISOString().slice(0, 8);
  expect(JSON.stringify(place.summary())).toContain(`"recording":{"days":{"first":"${today}`);

  // A prompt and a rubric that changed, and an answer that somebody edited: each is named.
  const edited = lines.findIndex((line) => line.includes('"case":"c0007","target":"tuned","trial":2'));
  const otherwise = lines.with(edited, lines[edited]?.replace('"text":"word 7"', '"text":"word seven"') ?? "");
  place.write(FILE, `${otherwise.join("\n")}\n`);
  place.write("evals/words.eval.ts", replay("Say {{input}}!", "Is it kind?"));
  await place.run(["run"]);
  expect(place.summary().run.notices.filter(({ code }) => code !== "key-hidden")).toMatchObject([
    {
      code: "prompt-changed",
      text: expect.stringMatching(/"polite": .* was recorded with another prompt .* 60 cases \(c0001, c0002,/),
    },
    {
      code: "prompt-changed",
      text: expect.stringMatching(
        /"manners": \S+ was recorded with another question of the judge .* 60 cases \(c0001, /,
      ),
    },
    {
      code: "answer-changed",
      text: expect.stringMatching(/"manners": .* said of other answers than those of 1 case \(c0007\)/),
    },
  ]);
  expect(place.records().filter(({ completion }) => completion.code === "prompt-changed")).toHaveLength(120);
});
