import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RecordedReply } from "../model/recorded-line.ts";
import { openRecording, type Recording } from "../model/recording.ts";
import type { Model } from "../suite/model.ts";
import { composeReplies } from "./compose-replies.ts";
import { answer, fakeCases, fakeJudge, fakeModel, fakePlan, ledgerFolder, play } from "./fakes.test-data.ts";
import type { SuitePlan } from "./plan.ts";
import { askedOfJudges } from "./recordable-replies.ts";
import { type SimulatedWorld, simulatedWorld } from "./simulated-world.test-data.ts";

let world: SimulatedWorld;
let folder: ReturnType<typeof ledgerFolder>;
beforeEach(() => {
  world = simulatedWorld();
  folder = ledgerFolder(world);
});
afterEach(() => folder.dispose());

/** As the report writes it. */
const replyLine = ({ trial: attempt, target: _, ...reply }: RecordedReply) => JSON.stringify({ ...reply, attempt });

/** What would be written, as lines, and as the file that it would be. */
async function composed(plan: SuitePlan, { before, whole = true }: { before?: Recording; whole?: boolean } = {}) {
  const ledger = folder.open({ readOnly: true });
  const { judges, complete } = await world.play(askedOfJudges(plan, { ledger, world, before }));
  const { sections, tallies } = composeReplies(judges, { ledger, before, whole: whole && complete });
  const lines = sections.flatMap(({ head, replies }) => [
    JSON.stringify({ recording: "gapcheck.recording/1", ...head }),
    ...[...replies].map(replyLine),
  ]);
  ledger.close();
  return { lines, tallies, complete, texts: lines.flatMap((line): string[] => JSON.parse(line).text ?? []) };
}

let files = 0;
function fileOf(lines: readonly string[]): Recording {
  const file = join(dirname(folder.file), `replies${files++}.jsonl`);
  writeFileSync(file, `${lines.join("\n")}\n`);
  return openRecording(file);
}

const judgeModel = (
  reply = ({ messages }: { messages: readonly { content: string }[] }) =>
    answer(messages[0]?.content.endsWith("1") ? "pass" : "fail"),
) => fakeModel({ id: "j", account: "judge", reply });
const says = (text: (caseId: string, trial: number) => string) =>
  fakeModel({ id: "m", reply: ({ caseId, trial }) => answer(text(caseId, trial)) });

function planOf(model: Model, judge: Model, over: Partial<Parameters<typeof fakePlan>[0]> = {}): SuitePlan {
  return fakePlan({ models: [model], graders: [fakeJudge(judge)], cases: fakeCases(2), ...over });
}

describe("judges' replies that are recorded", () => {
  it("are one a question, by case, also where the grades are kept and the judge is not asked again", async () => {
    const [model, judge] = [says((id, trial) => (trial === 3 ? "else" : `of ${id}`)), judgeModel()];
    const plan = planOf(model, judge, { trials: 3 });
    await play([plan], folder.open(), world);
    const asked = judge.asked.length;
    const { lines, tallies, complete } = await composed(plan);
    expect(judge.asked).toHaveLength(asked);
    expect(complete).toBe(true);
    expect(tallies).toMatchObject([{ target: 'j", judge of "judge', asked: 3, answers: 3, lacking: [], dropped: 0 }]);
    const [head, ...replies] = lines.map((line) => JSON.parse(line));
    expect(head).toMatchObject({
      grader: "judge",
      judge: "j",
      provider: "fake",
      model: "j",
      own: {},
      parameters: { maxTokens: 1024 },
    });
    // "else" of both cases is one text and, to this judge, one question.
    expect(replies.map((one) => one.case)).toEqual(["c0", "c0", "c1"]);
    expect(replies[0]).toMatchObject({ grader: "judge", judge: "j", attempt: 1, finish: "stop" });
  });

  it("are lacking where the ledger lacks them, and stay where the file has them", async () => {
    const [model, judge] = [says((id) => `of ${id}`), judgeModel()];
    const plan = planOf(model, judge);
    await play([plan], folder.open(), world);
    const full = await composed(plan);
    folder.dispose();
    folder = ledgerFolder(world);
    // A colleague who bought the answers alone.
    await play([planOf(model, judge, { graders: [] })], folder.open(), world);
    const without = await composed(plan);
    expect(without.tallies).toMatchObject([
      { asked: 2, answers: 0, lacking: [{ caseId: "c0", trial: 1 }, { caseId: "c1" }] },
    ]);
    const kept = await composed(plan, { before: fileOf(full.lines) });
    expect(kept.tallies).toMatchObject([{ asked: 2, answers: 2, kept: 2, lacking: [] }]);
    expect(kept.lines).toEqual(full.lines);
  });

  it("stay where only some answers were asked about, and go where all were", async () => {
    const [model, judge] = [says((id) => `of ${id}`), judgeModel()];
    const [both, one] = [planOf(model, judge), planOf(model, judge, { cases: fakeCases(1) })];
    await play([both], folder.open(), world);
    const before = fileOf((await composed(both)).lines);
    expect((await composed(one, { before, whole: false })).lines).toEqual((await composed(both)).lines);
    const less = await composed(one, { before });
    expect(less.texts).toHaveLength(1);
    expect(less.tallies).toMatchObject([{ answers: 1, dropped: 1 }]);
  });

  it("of two judges with one id are told apart", async () => {
    const judges = ["a", "b"].map((name) =>
      fakeModel({ id: "j", account: name, identity: { name }, reply: () => answer(`pass by ${name}`) }),
    );
    const [a, b] = judges;
    if (a === undefined || b === undefined) throw new Error("two judges");
    const grader = fakeJudge(a, {
      asks: [a, b],
      grade: async ({ text }, { ask }) => {
        for (const one of [a, b]) await ask(one, [{ role: "user", content: text }]);
        return { strict: { kind: "scored", score: 1 }, lenient: { kind: "scored", score: 1 } };
      },
    });
    const plan = planOf(
      says(() => "x"),
      a,
      { graders: [grader], cases: fakeCases(1) },
    );
    await play([plan], folder.open(), world);
    const { lines } = await composed(plan);
    expect(lines.map((line) => [JSON.parse(line).judge, JSON.parse(line).text])).toEqual([
      ["j", undefined],
      ["j", "pass by a"],
      ["j (2)", undefined],
      ["j (2)", "pass by b"],
    ]);
  });
});
