import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ConfigError, ConfigErrors } from "../errors.ts";
import type { Grader } from "../suite/grade.ts";
import type { Model } from "../suite/model.ts";
import type { Prompt } from "../suite/prompt.ts";
import type { LoadedSuite } from "../suite/suite.ts";
import { allOf, fakeGrader, fakeModel } from "./fakes.test-data.ts";
import { narrowPlan, narrowSuite } from "./narrow.ts";
import { createPlan, type PlanOptions, selectedCases } from "./plan.ts";
import { simulatedWorld } from "./simulated-world.test-data.ts";
import { countTasks, tasks } from "./tasks.ts";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "gapcheck-plan-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

interface Given {
  readonly name?: string;
  readonly lines?: readonly unknown[];
  readonly prompt?: Prompt;
  readonly models?: readonly Model[];
  readonly graders?: readonly Grader[];
  readonly trials?: number;
}

const rows = (count: number, over: object = {}) =>
  Array.from({ length: count }, (_, n) => ({ id: `case-${n}`, input: `q${n}`, expected: `a${n}`, ...over }));

function suite({
  name = "s",
  lines = rows(10),
  prompt = { user: "{{input}}" },
  models = [fakeModel()],
  graders = [],
  trials = 2,
}: Given = {}): LoadedSuite {
  writeFileSync(join(folder, `${name}.jsonl`), lines.map((line) => `${JSON.stringify(line)}\n`).join(""));
  return {
    name,
    file: join(folder, `${name}.eval.ts`),
    scenario: "knowledge",
    example: false,
    cases: { kind: "jsonl", path: `${name}.jsonl` },
    targets: models.map((model, n) => ({ name: `target ${n}`, role: "prompt-only", model, prompt, parameters: {} })),
    graders,
    requirement: {},
    trials,
    devShare: 0.5,
    gate: {},
  };
}

const plan = (suites: readonly LoadedSuite[], options: PlanOptions = {}) =>
  createPlan(suites, options, simulatedWorld());

async function refusal(suites: readonly LoadedSuite[], options: PlanOptions = {}): Promise<readonly ConfigError[]> {
  try {
    await plan(suites, options);
  } catch (thrown) {
    if (thrown instanceof ConfigErrors) return thrown.errors;
    if (thrown instanceof ConfigError) return [thrown];
    throw thrown;
  }
  return [];
}

async function planned(suites: readonly LoadedSuite[], options: PlanOptions = {}) {
  const [first] = (await plan(suites, options)).suites;
  if (first === undefined) throw new Error("no suite planned");
  return first;
}

const idsOf = async (one: Awaited<ReturnType<typeof planned>>) => (await allOf(selectedCases(one))).map(({ id }) => id);

describe("createPlan", () => {
  it("holds every case in the dataset's order, target by target, trial by trial", async () => {
    const one = await planned([suite({ models: [fakeModel(), fakeModel({ id: "b" })] })]);
    expect(one).toMatchObject({ cases: 10, trials: 2 });
    expect(countTasks(one)).toBe(40);
    const all = await allOf(tasks(one));
    expect(all.slice(0, 5).map(({ case: { id }, target, trial }) => [id, target.target.name, trial])).toEqual([
      ["case-0", "target 0", 1],
      ["case-0", "target 0", 2],
      ["case-0", "target 1", 1],
      ["case-0", "target 1", 2],
      ["case-1", "target 0", 1],
    ]);
    expect(all[0]?.prompt.messages).toEqual([{ role: "user", content: "q0" }]);
    expect(new Set(all.map(({ key }) => key)).size).toBe(40);
  });

  it("keeps the keys of its calls as they are when they are worked out anew, and none of what may be another prompt next time", async () => {
    const shots = { from: rows(8, { input: "x" }).map((row, n) => ({ ...row, input: `shot ${n}` })), count: 2 };
    const prompts: readonly Prompt[] = [
      { user: "{{input}}" },
      { system: "Be brief.", user: "Q: {{input}}" },
      { user: "{{input}}", shots },
    ];
    for (const options of [
      {},
      { limit: 4 },
      { trials: 3 },
      { targets: ["target 1"] },
      { caseIds: ["case-3", "case-7"] },
    ]) {
      const models = [fakeModel(), fakeModel({ id: "b", parameters: { temperature: 0.5 } })];
      for (const prompt of prompts) {
        const one = await planned([suite({ models, prompt })], options);
        expect(one.keys !== undefined).toBe(!("caseIds" in options));
        const { keys: _, ...anew } = one;
        const keysOf = async (of: typeof anew) => (await allOf(tasks(of))).map(({ key }) => key);
        const all = await keysOf(anew);
        expect(await keysOf(one)).toEqual(all);
        if (one.keys !== undefined) expect([...one.keys.batches()].flat()).toEqual(all);
        const part = { targets: [one.targets.at(-1)?.target.name ?? ""], trials: 4 };
        expect(await keysOf(narrowSuite(one, part))).toEqual(await keysOf(narrowSuite(anew, part)));
      }
    }
    const byFunction: Prompt = ({ input }) => [{ role: "user", content: String(input) }];
    expect((await planned([suite({ prompt: byFunction })])).keys).toBeUndefined();
  });

  it("takes the first cases under a limit, with the keys, shots and splits they have without it", async () => {
    const prompt: Prompt = {
      user: "{{input}}",
      shots: { from: rows(8, { input: "x" }).map((row, n) => ({ ...row, input: `shot ${n}` })), count: 2 },
    };
    const given = [suite({ prompt })];
    const whole = await planned(given);
    const few = await planned(given, { limit: 3, trials: 1 });
    expect(few).toMatchObject({ cases: 3, trials: 1 });
    const split = new Map((await allOf(selectedCases(whole))).map((one) => [one.id, one.split]));
    const keys = new Set((await allOf(tasks(whole))).map(({ key }) => key));
    for (const task of await allOf(tasks(few))) {
      expect(keys).toContain(task.key);
      expect(task.case.split).toBe(split.get(task.case.id));
      expect(task.prompt.messages).toHaveLength(5);
    }
    expect(await planned([suite()], { limit: 99 })).toMatchObject({ cases: 10 });
  });

  it("museum 21: takes the cases asked for, whatever the order of asking", async () => {
    const one = await planned([suite()], { caseIds: ["case-7", "case-2", "case-5"] });
    expect(one.cases).toBe(3);
    expect(await idsOf(one)).toEqual(["case-2", "case-5", "case-7"]);
    expect(await idsOf(await planned([suite()], { caseIds: ["case-7", "case-2"], limit: 1 }))).toEqual(["case-2"]);
  });

  it("names the nearest of a case or target that nobody has", async () => {
    expect(await refusal([suite()], { caseIds: ["case-1", "cass-3"] })).toMatchObject([
      { code: "unknown-case", message: 'no case has the id "cass-3". Did you mean "case-3"?' },
    ]);
    expect(await refusal([suite()], { targets: ["tarjet 0"] })).toMatchObject([
      { code: "unknown-target", message: 'no suite has a target "tarjet 0". Did you mean "target 0"?' },
    ]);
  });

  it("names what must pass and is no test case, with its line, whatever part of the cases is asked for", async () => {
    const lines = rows(10).map((row, n) => ({ ...row, split: n < 5 ? "dev" : "test" }));
    const held = { ...suite({ lines }), gate: { mustPass: ["case-7", "case-2", "cass-8"] } };
    writeFileSync(held.file, 'defineSuite({ name: "s",\n  gate: { mustPass: ["case-7",\n "case-2",\n "cass-8"] } })\n');
    const mistakes = [
      { code: "dev-must-pass", place: { file: held.file, line: 3, path: "gate.mustPass[1]" } },
      {
        code: "unknown-must-pass",
        message: '"cass-8" must pass, and no case has that id. Did you mean "case-8"?',
        place: { file: held.file, line: 4 },
      },
    ];
    expect(await refusal([held])).toMatchObject(mistakes);
    expect(await refusal([held], { limit: 2 })).toMatchObject(mistakes);
    const sound = { ...held, gate: { mustPass: ["case-7"] } };
    for (const options of [{}, { limit: 1 }, { caseIds: ["case-1"] }]) {
      expect(await refusal([sound], options)).toEqual([]);
    }
  });

  it("names cases with the tag critical that no gate looks at, once for all", async () => {
    const lines = rows(10).map((row, n) => ({
      ...row,
      split: n < 5 ? "dev" : "test",
      ...(n % 2 === 0 ? { tags: ["critical"] } : {}),
    }));
    expect(await refusal([suite({ lines })])).toMatchObject([
      {
        code: "dev-critical",
        message: expect.stringMatching(
          /^case "case-0" has the tag "critical".* is a dev case: .*; the same in 2 more cases: "case-2" \(line 3\), "case-4" \(line 5\)$/,
        ),
        place: { line: 1 },
        fix: expect.stringContaining('Set "split": "test"'),
      },
    ]);
    expect(await refusal([suite({ lines: lines.slice(5) })])).toEqual([]);
    const both = lines.slice(5).map((row) => ({ ...row, tags: ["critical", "others"] }));
    expect(
      await refusal([{ ...suite({ lines: both }), requirement: { regression: { tag: "others" } } }]),
    ).toMatchObject([
      { code: "dev-critical", message: expect.stringContaining('one that tuning must not break ("others")') },
    ]);
  });

  it("names a regression tag that no case has, with its line, whatever part of the cases is asked for", async () => {
    const lines = rows(10).map((row, n) => (n < 9 ? row : { ...row, tags: ["other-tasks"] }));
    const held = { ...suite({ lines }), requirement: { regression: { tag: "other-task" } } };
    writeFileSync(held.file, 'defineSuite({ name: "s",\n  requirement: {\n regression: { tag: "other-task" } } })\n');
    const mistakes = [
      {
        code: "unknown-regression-tag",
        message: expect.stringMatching(
          /^suite "s": .*"other-task", and no case has it\. Did you mean "other-tasks"\?$/,
        ),
        place: { file: held.file, line: 3, path: "requirement.regression.tag" },
      },
    ];
    expect(await refusal([held])).toMatchObject(mistakes);
    expect(await refusal([held], { limit: 2 })).toMatchObject(mistakes);
    const sound = { ...held, requirement: { regression: { tag: "other-tasks" } } };
    for (const options of [{}, { limit: 1 }, { caseIds: ["case-1"] }]) {
      expect(await refusal([sound], options)).toEqual([]);
    }
  });

  it("leaves out, and says so, a suite that has none of the cases or targets asked for", async () => {
    const a = suite({ name: "a" });
    const b = suite({
      name: "b",
      lines: rows(3).map((row) => ({ ...row, id: `b-${row.id}` })),
      models: [fakeModel(), fakeModel({ id: "2" })],
    });
    const byCase = await plan([a, b], { caseIds: ["b-case-1"] });
    expect(byCase.suites.map(({ suite: { name } }) => name)).toEqual(["b"]);
    expect(byCase.leftOut).toEqual([{ suite: "a", why: "it has none of the cases asked for" }]);
    const byTarget = await plan([a, b], { targets: ["target 1"] });
    expect(byTarget.leftOut).toEqual([{ suite: "a", why: "it has none of the targets asked for" }]);
    expect(byTarget.suites[0]?.targets).toHaveLength(1);
  });

  it("is refused when nothing is left to run", async () => {
    expect(await refusal([])).toMatchObject([{ code: "nothing-to-run" }]);
    expect(await refusal([suite()], { limit: 0 })).toMatchObject([{ code: "nothing-to-run" }]);
    expect(await refusal([suite()], { caseIds: [] })).toMatchObject([{ code: "nothing-to-run" }]);
    expect(await refusal([suite()], { targets: [] })).toMatchObject([{ code: "nothing-to-run" }]);
    expect(await refusal([suite()], { trials: 0 })).toMatchObject([{ code: "bad-trials" }]);
    expect(await refusal([suite()], { trials: 101 })).toMatchObject([{ code: "bad-trials" }]);
  });

  it("refuses cases without the answer that a grader needs, with their lines, before any call", async () => {
    const lines = rows(4).map(({ expected, ...row }, n) => (n % 2 === 0 ? row : { ...row, expected }));
    const mistakes = await refusal([suite({ lines, graders: [fakeGrader({ name: "exact", needsExpected: true })] })]);
    expect(mistakes.map(({ code, place }) => [code, place.file, place.line])).toEqual([
      ["missing-expected", join(folder, "s.jsonl"), 1],
    ]);
    expect(mistakes[0]?.message).toBe(
      'case "case-0" has no "expected", which the grader "exact" needs; the same in 1 more case: "case-2" (line 3)',
    );
    // Only of the cases that are run.
    expect(
      await refusal([suite({ lines, graders: [fakeGrader({ needsExpected: true })] })], { caseIds: ["case-1"] }),
    ).toEqual([]);
  });

  it("refuses a grader that names what cases do not have, before any call, however many they are", async () => {
    const lines = rows(600).map((row, n) => ({ ...row, expected: n === 0 ? { label: "x" } : { a: "x" } }));
    const grader = fakeGrader({
      name: "by label",
      needsExpected: true,
      lacks: ({ expected }) =>
        Object.hasOwn(expected ?? {}, "label") ? undefined : 'the case\'s `expected` has no field "label"',
    });
    const mistakes = await refusal([suite({ lines, graders: [fakeGrader(), grader] })]);
    expect(mistakes).toHaveLength(1);
    expect(mistakes[0]?.place).toEqual({ file: join(folder, "s.jsonl"), line: 2 });
    expect(mistakes[0]?.message).toBe(
      'case "case-1" cannot be graded by "by label": the case\'s `expected` has no field "label"; the same in 598 more cases: "case-2" (line 3), "case-3" (line 4), "case-4" (line 5), …',
    );
    expect(mistakes[0]?.fix).toContain('"by label"');
    expect(await refusal([suite({ lines, graders: [grader] })], { caseIds: ["case-0"] })).toEqual([]);
  });

  it("refuses cases that do not fit a prompt, all suites together, one mistake told once", async () => {
    const bad = suite({ name: "bad", prompt: { user: "{{question}}" }, lines: rows(50, { input: { text: "x" } }) });
    const alsoBad = suite({
      name: "also",
      lines: [{ id: "x", input: "y" }],
      graders: [fakeGrader({ needsExpected: true })],
    });
    const mistakes = await refusal([bad, alsoBad]);
    expect(mistakes).toMatchObject([{ code: "missing-name" }, { code: "missing-expected" }]);
    expect(mistakes[0]?.message).toContain('the same in 49 more cases: "case-1", "case-2", "case-3", …');
    expect(await refusal([alsoBad, bad])).toMatchObject([{ code: "missing-expected" }, { code: "missing-name" }]);
  });

  it("refuses a tuned model that is its own base, where a provider serves it", async () => {
    const served = { ...fakeModel({ id: "m" }), provider: "openai" as const };
    const tuned = suite({ models: [served] });
    const [target] = tuned.targets;
    if (target === undefined) throw new Error("no target");
    const asTuned = (model: Model, from: Model) => ({
      ...tuned,
      targets: [{ ...target, role: "fine-tuned" as const, model, tuning: { tunedFrom: from } }],
    });
    expect(await refusal([asTuned(served, served)])).toMatchObject([{ code: "tuned-is-base" }]);
    const other = { ...served, identity: { id: "other" } };
    expect(await refusal([asTuned(served, other)])).toEqual([]);
    const fake = fakeModel({ id: "f" });
    expect(await refusal([asTuned(fake, fake)])).toEqual([]);
  });

  it("resolves the paths of models and judges against the suite's folder", async () => {
    const bound = fakeModel({ id: "bound", answers: "stored" });
    const seen: string[] = [];
    const free: Model = {
      ...fakeModel({ id: "free" }),
      bind: (dir) => {
        seen.push(dir);
        return bound;
      },
    };
    const one = await planned([suite({ models: [free], graders: [fakeGrader({ asks: [free] })] })]);
    expect(new Set(seen)).toEqual(new Set([folder]));
    expect(one.targets[0]?.model).toBe(bound);
    expect(one.judges.get(free)).toBe(bound);
    expect(one.graders[0]).toMatchObject({ asksPaid: false });
  });

  it("keeps no grade but those of judges, whose every dependence is in the key", async () => {
    const asks = [fakeModel({ id: "j" })];
    const graders = [
      fakeGrader({ name: "a", kind: "judge", asks }),
      fakeGrader({ name: "b", kind: "custom", asks }),
      fakeGrader({ name: "c", kind: "judge" }),
    ];
    const one = await planned([suite({ graders })]);
    expect(one.graders.map(({ asksPaid, identity }) => [asksPaid, identity !== undefined])).toEqual([
      [true, true],
      [true, false],
      [false, false],
    ]);
  });

  it("hands out cases that nobody can change", async () => {
    const one = await planned([
      suite({ lines: rows(1, { expected: { list: [1, { deep: 2 }] } }), prompt: { user: "{{input}}" } }),
    ]);
    const [task] = await allOf(tasks(one));
    expect(Object.isFrozen(task?.case)).toBe(true);
    const { list } = (task?.case.expected ?? {}) as { readonly list?: readonly unknown[] };
    expect(list?.[1]).toEqual({ deep: 2 });
    expect(Object.isFrozen(list?.[1])).toBe(true);
  });
});

describe("narrowSuite", () => {
  it("takes a part of the tasks, each with the key that it has in the whole", async () => {
    const whole = await plan([suite({ models: [fakeModel(), fakeModel({ id: "other" })] })]);
    const [one] = whole.suites;
    if (one === undefined) throw new Error("no suite");
    const keys = new Set((await allOf(tasks(one))).map(({ key }) => key));
    const part = narrowSuite(one, { targets: ["target 1"], caseIds: new Set(["case-3", "case-1"]), trials: 1 });
    const some = await allOf(tasks(part));
    expect(some.map((task) => [task.target.target.name, task.case.id, task.trial])).toEqual([
      ["target 1", "case-1", 1],
      ["target 1", "case-3", 1],
    ]);
    expect(some.every(({ key }) => keys.has(key))).toBe(true);
    expect(countTasks(part)).toBe(2);
    const more = narrowSuite(one, { trials: 5 });
    expect(countTasks(more)).toBe(2 * 10 * 5);
    expect((await allOf(tasks(more))).filter(({ key }) => keys.has(key))).toHaveLength(keys.size);
  });

  it("leaves out the suites that have no part, and refuses to be left with nothing", async () => {
    const whole = await plan([suite({ name: "a" }), suite({ name: "b" })]);
    expect(narrowPlan(whole, new Map([["b", { trials: 1 }]])).suites.map((one) => one.suite.name)).toEqual(["b"]);
    expect(() => narrowPlan(whole, new Map([["b", { targets: ["none"] }]]))).toThrow('nothing is left of "b"');
  });
});
