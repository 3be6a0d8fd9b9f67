import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { judge as judgeGrader } from "../grade/judge.ts";
import { fingerprintOf } from "../suite/fingerprint.ts";
import { estimatePlan } from "./estimate.ts";
import { answer, fakeCases, fakeModel, fakePlan, ledgerFolder, play } from "./fakes.test-data.ts";
import { measuredJudges } from "./measured-judges.ts";
import { plannedGrader, type SuitePlan } from "./plan.ts";
import { type SimulatedWorld, simulatedWorld } from "./simulated-world.test-data.ts";

let world: SimulatedWorld;
let folder: ReturnType<typeof ledgerFolder>;
beforeEach(() => {
  world = simulatedWorld();
  folder = ledgerFolder(world);
});
afterEach(() => folder.dispose());

const LABELLED = [
  { text: "kind words", label: "pass" },
  { text: "rude words", label: "fail" },
  { text: "odd words", label: "pass" },
  { text: "…", label: "fail" },
];

function planOf(kappaAtLeast?: number): { readonly plan: SuitePlan; readonly model: ReturnType<typeof fakeModel> } {
  const model = fakeModel({
    id: "j",
    account: "judge",
    reply: ({ messages }) => {
      const asked = messages.at(-1)?.content ?? "";
      if (asked.includes("odd words")) return answer('{"reason":"","label":"cannot_judge"}');
      return answer(JSON.stringify({ reason: "", label: asked.includes("kind words") ? "pass" : "fail" }));
    },
  });
  const people = { answers: [], ...(kappaAtLeast === undefined ? {} : { kappaAtLeast }) };
  const options = { name: "tone", model, rubric: "Is it kind?", labels: { pass: 1, fail: 0 } } as const;
  const grader = judgeGrader({ ...options, people, evidence: false, canaries: false });
  const read = LABELLED.map(({ text, label }, index) => {
    const one = { id: `p${index}`, input: `question ${index % 2}` };
    const fingerprint = fingerprintOf(one);
    const loaded = { ...one, index, cluster: one.id, weight: 1, split: "test", fingerprint } as const;
    return { case: loaded, answer: text, label, ...(index === 0 ? { target: "tuned" } : {}) };
  });
  const plan = fakePlan({ models: [fakeModel({ reply: () => answer("kind words") })], cases: fakeCases(2) });
  return { model, plan: { ...plan, graders: [plannedGrader(grader, new Map(), read)] } };
}

const compared = async (plan: SuitePlan) =>
  (await world.play(measuredJudges(plan, folder.open({ readOnly: true }), world))).get("tone");

describe("answers that people labelled", () => {
  it("are judged once, beside the answers of targets, and compared by what is stored", async () => {
    const { plan, model } = planOf();
    const { outcome, records } = await play([plan], folder.open(), world, { canaries: true });
    // Two answers, and three of the four that were labelled: one has no letter.
    expect(model.asked).toHaveLength(2 + 3);
    expect(outcome.judgeCalls).toMatchObject({ sent: 5 });
    expect(records).toHaveLength(2);
    expect(await compared(plan)).toEqual([
      { person: "pass", judge: "pass", fate: "judged", question: expect.any(String), target: "tuned" },
      { person: "fail", judge: "fail", fate: "judged", question: expect.any(String) },
      { person: "pass", fate: "judged", question: expect.any(String) },
      { person: "fail", fate: "ruled", question: expect.any(String) },
    ]);
    const [first, , third] = (await compared(plan)) ?? [];
    expect(first?.question).toBe(third?.question);
    await play([plan], folder.open(), world, { canaries: true });
    expect(model.asked).toHaveLength(5);
  });

  it("cost nothing anew where only what is required of agreement changes", async () => {
    const { plan } = planOf();
    await play([plan], folder.open(), world, { canaries: true });
    const { plan: stricter, model } = planOf(0.8);
    await play([stricter], folder.open(), world, { canaries: true });
    expect(model.asked).toHaveLength(0);
    expect((await compared(stricter))?.map(({ fate }) => fate)).toEqual(["judged", "judged", "judged", "ruled"]);
  });

  it("are open where nobody asked, and counted in the plan", async () => {
    const { plan } = planOf();
    await play([plan], folder.open(), world);
    expect((await compared(plan))?.map(({ fate }) => fate)).toEqual(["open", "open", "open", "ruled"]);
    const { suites } = await estimatePlan({ suites: [plan], leftOut: [] }, folder.open({ readOnly: true }), world);
    expect(suites[0]?.judgeCallsAtMost).toBe(2 + 4);
    expect(await world.play(measuredJudges(fakePlan(), folder.open({ readOnly: true }), world))).toEqual(new Map());
  });
});
