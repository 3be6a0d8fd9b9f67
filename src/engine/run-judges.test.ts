import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { judge as judgeGrader } from "../grade/judge.ts";
import type { Subject } from "../suite/grade.ts";
import type { Model } from "../suite/model.ts";
import {
  answer,
  failure,
  fakeCases,
  fakeGrader,
  fakeJudge,
  fakeModel,
  fakePlan,
  heldBy,
  ledgerFolder,
  play,
  recordsOf,
  scored,
} from "./fakes.test-data.ts";
import { type SimulatedWorld, simulatedWorld } from "./simulated-world.test-data.ts";

let world: SimulatedWorld;
let folder: ReturnType<typeof ledgerFolder>;
beforeEach(() => {
  world = simulatedWorld();
  folder = ledgerFolder(world);
});
afterEach(() => folder.dispose());

type Numbers = Subject<unknown, number[]>;

const judgeModel = (over: Parameters<typeof fakeModel>[0] = {}) =>
  fakeModel({ id: "judge-1", reply: () => answer("pass"), ...over });
const numbered = (over: Parameters<typeof fakeModel>[0] = {}) =>
  fakeModel({ reply: ({ caseId, trial }) => answer(`${caseId}.${trial}`), ...over });
const gradeOf = (record: { readonly grades: ReadonlyMap<string, unknown> } | undefined) => record?.grades.get("judge");

describe("judges", () => {
  it("are asked in the first pass, and their replies are found in the second", async () => {
    const judge = judgeModel({
      reply: ({ messages }) => answer(messages[0]?.content === "judge: c1.1" ? "fail" : "pass"),
    });
    const { outcome, records } = await play(
      [fakePlan({ models: [numbered()], graders: [fakeJudge(judge)] })],
      folder.open(),
      world,
    );
    expect(records.map(gradeOf)).toEqual([scored(1), scored(0), scored(1)]);
    expect(judge.asked).toHaveLength(3);
    expect(judge.asked[0]).toMatchObject({ asker: "judge", caseId: "c0", trial: 1, parameters: { maxTokens: 1024 } });
    expect(outcome.counts).toMatchObject({ sent: 3, answered: 3 });
    expect(outcome.judgeCalls).toMatchObject({ sent: 3, answered: 3, fromLedger: 0 });
    expect(outcome.spend.settledUsd).toBeCloseTo(6 * 20e-6, 12);
    // The cost of a trial is its answer's alone.
    expect(records[0]?.cost).toEqual({ known: true, usd: 20e-6 });
  });

  it("are asked nothing twice: equal answers of one case share a judgement, and a second run needs none", async () => {
    const judge = judgeModel();
    const plan = fakePlan({ models: [fakeModel()], trials: 3, graders: [fakeJudge(judge)] });
    await play([plan], folder.open(), world);
    expect(judge.asked).toHaveLength(1);
    const { outcome } = await play([plan], folder.open(), world);
    expect(outcome.judgeCalls).toMatchObject({ sent: 0, answered: 0 });
    expect(judge.asked).toHaveLength(1);
  });

  it("give grades that are kept: the second pass and the next run take them as they are", async () => {
    let graded = 0;
    const judge = judgeModel();
    const inner = fakeJudge(judge);
    const grader = fakeJudge(judge, {
      grade: (subject, context) => {
        graded++;
        return inner.grade(subject, context);
      },
    });
    const plan = fakePlan({ models: [numbered()], graders: [grader] });
    await play([plan], folder.open(), world);
    await play([plan], folder.open(), world);
    expect(graded).toBe(3);
  });

  it("tell attempts apart", async () => {
    const judge = judgeModel({ reply: ({ trial }) => answer(trial === 2 ? "pass" : "what?") });
    const twice = fakeJudge(judge, {
      grade: async (_, { ask }) => {
        for (const attempt of [1, 2]) {
          const reply = await ask(judge, [{ role: "user", content: "well?" }], {
            attempt,
            parameters: { temperature: 0 },
          });
          if (reply.kind === "answer" && reply.text === "pass") return scored(1);
        }
        return scored(0);
      },
    });
    const { records } = await play([fakePlan({ cases: fakeCases(1), graders: [twice] })], folder.open(), world);
    expect(gradeOf(records[0])).toEqual(scored(1));
    expect(judge.asked.map(({ trial, parameters }) => [trial, parameters.temperature])).toEqual([
      [1, 0],
      [2, 0],
    ]);
  });

  it("museum 12: a rubric edited under the same name is judged anew, and no answer is bought", async () => {
    const judge = judgeModel({
      reply: ({ messages }) => answer(messages[0]?.content.startsWith("strict") ? "fail" : "pass"),
    });
    const model = fakeModel();
    const rubric = (text: string) =>
      fakeJudge(judge, {
        args: { rubric: text },
        grade: async (subject, { ask }) => {
          const reply = await ask(judge, [{ role: "user", content: `${text}: ${subject.text}` }]);
          return scored(reply.kind === "answer" && reply.text === "pass" ? 1 : 0);
        },
      });
    const run = (text: string) =>
      play([fakePlan({ models: [model], cases: fakeCases(1), graders: [rubric(text)] })], folder.open(), world);
    expect(gradeOf((await run("lax")).records[0])).toEqual(scored(1));
    expect(gradeOf((await run("strict")).records[0])).toEqual(scored(0));
    expect(gradeOf((await run("lax")).records[0])).toEqual(scored(1));
    expect(judge.asked).toHaveLength(2);
    expect(model.asked).toHaveLength(1);
  });

  it("that share the account of the target do not wait for its slot, with one slot and many cases", async () => {
    const reply = async (_: unknown, { sleep }: { sleep: (ms: number) => Promise<void> }) => {
      await sleep(10);
      return answer("pass");
    };
    const model = numbered({ account: "one", concurrency: 1 });
    const judge = judgeModel({ account: "one", reply });
    const { outcome, records } = await play(
      [fakePlan({ models: [model], cases: fakeCases(60), graders: [fakeJudge(judge)] })],
      folder.open(),
      world,
    );
    expect(outcome.judgeCalls).toMatchObject({ answered: 60 });
    expect(records.map(gradeOf)).toEqual(Array(60).fill(scored(1)));
  });

  it("that are down leave the answers, which the next run grades without asking the model", async () => {
    let down = true;
    const judge = judgeModel({
      account: "judges",
      reply: () => (down ? failure("overloaded", { retry: "never-sent", status: 503 }) : answer("pass")),
    });
    const model = numbered();
    const plan = fakePlan({ models: [model], cases: fakeCases(40), graders: [fakeJudge(judge)] });
    const first = await play([plan], folder.open(), world);
    expect(first.outcome.counts).toMatchObject({ answered: 40, failed: 0 });
    expect(first.outcome.stopped).toBeUndefined();
    expect(gradeOf(first.records[0])).toMatchObject({ strict: { kind: "ungraded", reason: "judge-failed" } });
    expect(
      first.outcome.notices.some(({ text }) => text.startsWith("the calls of the judge judge-1 were given up")),
    ).toBe(true);
    down = false;
    const second = await play([plan], folder.open(), world);
    expect(second.outcome.counts).toMatchObject({ fromLedger: 40, sent: 0 });
    expect(second.records.map(gradeOf)).toEqual(Array(40).fill(scored(1)));
    expect(model.asked).toHaveLength(40);
  });

  it("read nothing of who answered: two targets that say the same are one question", async () => {
    const reply = () => answer("Dear you", { modelId: "secret-model-2026" });
    const models = ["secret-base", "secret-tuned"].map((id) => fakeModel({ id, account: `secret-${id}`, reply }));
    const model = fakeModel({ id: "j", account: "judge", reply: () => answer('{"reason":"","label":"good"}') });
    const grader = judgeGrader({ model, rubric: "Kind?", labels: { good: 1, bad: 0 }, evidence: false });
    const render = () => [{ role: "user", content: "secret prompt" }] as const;
    const { records } = await play(
      [fakePlan({ models, graders: [grader], cases: fakeCases(1), render })],
      folder.open(),
      world,
    );
    expect(records.map(({ target, grades }) => [target, grades.get("judge")?.strict.kind])).toEqual([
      ["target 0", "scored"],
      ["target 1", "scored"],
    ]);
    expect(model.asked).toHaveLength(1);
    expect(JSON.stringify(model.asked[0]?.messages)).not.toMatch(/secret|target/i);
  });

  it("are not asked of refused, empty and cut answers", async () => {
    const judge = judgeModel();
    const replies = [
      answer("no", { finish: "refusal" }),
      answer("  \n"),
      answer("half", { finish: "length" }),
      answer("x", { finish: "filtered" }),
    ];
    const model = fakeModel({ reply: ({ caseId }) => replies[Number(caseId.slice(1))] ?? answer("ok") });
    const { records } = await play(
      [fakePlan({ models: [model], cases: fakeCases(4), graders: [fakeJudge(judge)] })],
      folder.open(),
      world,
    );
    expect(judge.asked).toHaveLength(0);
    expect(records.map(gradeOf)).toMatchObject([
      { strict: { kind: "declined" } },
      { strict: { kind: "scored", score: 0, flaw: "empty" } },
      { strict: { kind: "scored", score: 0, flaw: "cut" } },
      { lenient: { kind: "declined" } },
    ]);
  });

  it("of recorded answers are paid, and recorded judges of paid answers are not", async () => {
    const stored = numbered({ answers: "stored" });
    const judge = judgeModel();
    const first = await play([fakePlan({ models: [stored], graders: [fakeJudge(judge)] })], folder.open(), world);
    expect(first.outcome.counts).toMatchObject({ stored: 3, sent: 0 });
    expect(first.outcome.judgeCalls).toMatchObject({ answered: 3 });
    expect(first.records.map(gradeOf)).toEqual(Array(3).fill(scored(1)));
    const storedJudge = judgeModel({ answers: "stored" });
    const second = await play(
      [fakePlan({ models: [numbered()], graders: [fakeJudge(storedJudge)] })],
      folder.open(),
      world,
    );
    expect(second.records.map(gradeOf)).toEqual(Array(3).fill(scored(1)));
    expect(second.outcome.judgeCalls).toBeUndefined();
  });

  it("are only looked up by the second pass: a reply that is not there is judge-failed", async () => {
    const judge = judgeModel();
    const model = numbered();
    await play([fakePlan({ models: [model], cases: fakeCases(1) })], folder.open(), world);
    const [record] = await recordsOf(
      [fakePlan({ models: [model], cases: fakeCases(1), graders: [fakeJudge(judge)] })],
      folder.open(),
      world,
    );
    expect(gradeOf(record)).toMatchObject({
      strict: { kind: "ungraded", reason: "judge-failed", why: "the judge's reply is not in the ledger" },
    });
    expect(judge.asked).toHaveLength(0);
  });

  it("are waited for longer than a grader may take by itself", async () => {
    const slow = judgeModel({
      reply: async (_, { sleep }) => {
        await sleep(60_000);
        return answer("pass");
      },
    });
    const { records } = await play(
      [fakePlan({ models: [numbered()], graders: [fakeJudge(slow)] })],
      folder.open(),
      world,
    );
    expect(records.map(gradeOf)).toEqual(Array(3).fill(scored(1)));
  });

  it("museum 24: graders at work side by side do not see each other's answers", async () => {
    const delays = [30, 10, 20, 5];
    const judge = judgeModel({
      reply: async ({ messages }, { sleep }) => {
        const text = String(messages[0]?.content);
        await sleep(delays[Number(text.at(-3))] ?? 1);
        return answer(text.endsWith("c2.1") ? "fail" : "pass");
      },
    });
    const { records } = await play(
      [fakePlan({ models: [numbered()], cases: fakeCases(4), graders: [fakeJudge(judge)] })],
      folder.open(),
      world,
    );
    expect(records.map((record) => [heldBy(record), gradeOf(record)])).toEqual([
      ["c0.1", scored(1)],
      ["c1.1", scored(1)],
      ["c2.1", scored(0)],
      ["c3.1", scored(1)],
    ]);
  });

  it("museum 24: a grader that changes the case fails, and changes nothing for others", async () => {
    const sorter = fakeGrader({
      name: "sorter",
      grade: ({ case: one }: Numbers) => scored(one.expected?.sort()[0] === 1 ? 1 : 0),
    });
    const honest = fakeGrader({
      name: "honest",
      grade: ({ case: one }: Numbers) => scored(one.expected?.[0] === 3 ? 1 : 0),
    });
    const cases = fakeCases(1, () => ({ expected: [3, 1, 2] }));
    const { records } = await play([fakePlan({ cases, graders: [sorter, honest] })], folder.open(), world);
    expect(records[0]?.grades.get("sorter")?.strict).toMatchObject({ kind: "ungraded", reason: "grader-threw" });
    expect(records[0]?.grades.get("honest")).toEqual(scored(1));
  });

  it("keeps no grade of a function of the user's, whose helpers nobody hashes", async () => {
    let helper = 1;
    const judge = judgeModel();
    const custom = fakeGrader({
      kind: "custom",
      asks: [judge as Model],
      grade: async (_, { ask }) => {
        await ask(judge, [{ role: "user", content: "?" }]);
        return scored(helper);
      },
    });
    const plan = fakePlan({ cases: fakeCases(1), graders: [custom] });
    expect((await play([plan], folder.open(), world)).records[0]?.grades.get("fake grader")).toEqual(scored(1));
    helper = 0;
    expect((await play([plan], folder.open(), world)).records[0]?.grades.get("fake grader")).toEqual(scored(0));
    expect(judge.asked).toHaveLength(1);
  });
});
