import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RecordedLine } from "../model/recorded-line.ts";
import { openRecording, type Recording } from "../model/recording.ts";
import type { Model } from "../suite/model.ts";
import { composeRecording, type Section } from "./compose-recording.ts";
import { answer, failure, fakeCases, fakeModel, fakePlan, ledgerFolder, lost, play } from "./fakes.test-data.ts";
import type { SuitePlan } from "./plan.ts";
import { askedByTarget } from "./recordable.ts";
import { type SimulatedWorld, simulatedWorld } from "./simulated-world.test-data.ts";

let world: SimulatedWorld;
let folder: ReturnType<typeof ledgerFolder>;
beforeEach(() => {
  world = simulatedWorld();
  folder = ledgerFolder(world);
});
afterEach(() => folder.dispose());

const said = (id: string) => fakeModel({ id, reply: ({ caseId, trial }) => answer(`${id} ${caseId} ${trial}`) });

async function composed(plan: SuitePlan, before?: Recording) {
  const ledger = folder.open({ readOnly: true });
  const { sections, tallies } = composeRecording(plan.targets, await askedByTarget(plan), { ledger, before });
  const read = sections.map(({ head, answers }) => ({ head, answers: [...answers] }));
  return { read, tallies };
}

let files = 0;
/** What was composed, as the file that it would be. */
function fileOf(sections: readonly { head: Section["head"]; answers: readonly RecordedLine[] }[]): Recording {
  files += 1;
  const file = join(dirname(folder.file), `r${files}.jsonl`);
  const lines = sections.flatMap(({ head, answers }) => [{ recording: "gapcheck.recording/1", ...head }, ...answers]);
  const text = lines.map((one) =>
    JSON.stringify(one, (key, value: unknown) => (key === "text" && value === "" ? undefined : value)),
  );
  writeFileSync(file, `${text.join("\n")}\n`);
  return openRecording(file);
}

const texts = (answers: readonly RecordedLine[] | undefined) => answers?.map(({ text }) => text);

describe("what is recorded", () => {
  it("is sorted by target, case and trial, whatever the order of the dataset, and dated by its answer", async () => {
    const cases = fakeCases(2).reverse();
    const plan = fakePlan({ models: [said("m"), said("n")], trials: 2, cases });
    await play([plan], folder.open(), world);
    const { read, tallies } = await composed(plan);
    expect(read.map(({ head }) => [head.target, head.provider, head.model, head.parameters])).toEqual([
      ["target 0", "fake", "m", { maxTokens: 1024 }],
      ["target 1", "fake", "n", { maxTokens: 1024 }],
    ]);
    expect(texts(read[0]?.answers)).toEqual(["m c0 1", "m c0 2", "m c1 1", "m c1 2"]);
    const day = world.now().toISOString().slice(0, 10);
    expect(read[0]?.answers[0]).toMatchObject({ date: day, finish: "stop", usage: { input: 10, output: 5 } });
    expect(tallies[0]).toMatchObject({
      asked: 4,
      answers: 4,
      failures: 0,
      dropped: 0,
      lacking: [],
      first: day,
      last: day,
    });
  });

  it("is a failure where asking again would not mend it, and missing where it would", async () => {
    const replies = [
      answer("ok"),
      failure("too-large", { status: 200 }),
      lost(),
      failure("key-rejected", { scope: "account" }),
    ];
    const model = fakeModel({ reply: ({ caseId }) => replies[Number(caseId.slice(1))] ?? answer("") });
    await play([fakePlan({ models: [model], cases: fakeCases(4) })], folder.open(), world);
    const { read, tallies } = await composed(fakePlan({ models: [model], cases: fakeCases(5) }));
    expect(read[0]?.answers.map((one) => one.failure ?? one.text)).toEqual([
      "ok",
      { code: "too-large", message: "it failed: too-large", status: 200 },
    ]);
    expect(tallies[0]).toMatchObject({ asked: 5, answers: 1, failures: 1 });
    expect(tallies[0]?.lacking.map(({ caseId, why }) => [caseId, why])).toEqual([
      ["c2", "failed (timeout)"],
      ["c3", "failed (key-rejected)"],
      ["c4", "not in the ledger"],
    ]);
  });
});

describe("a file that is there already", () => {
  const both = (models: readonly Model[] = [said("m"), said("n")], count = 2) =>
    fakePlan({ models, cases: fakeCases(count) });

  it("keeps the other targets as they stand", async () => {
    const plan = both();
    await play([plan], folder.open(), world);
    const { read } = await composed(plan);
    const second = plan.targets.slice(1);
    expect((await composed({ ...plan, targets: second }, fileOf(read))).read).toEqual(read);
  });

  it("answers what the ledger lacks, where model, parameters and prompt are the same", async () => {
    const plan = both([said("m")]);
    await play([plan], folder.open(), world);
    const { read } = await composed(plan);
    const before = fileOf(read);
    folder.dispose();
    folder = ledgerFolder(world);
    const again = await composed(plan, before);
    expect(again.read).toEqual(read);
    expect(again.tallies[0]).toMatchObject({ answers: 2, kept: 2, dropped: 0, lacking: [] });

    const otherPrompt = { ...both([said("m")]) };
    const changed = otherPrompt.targets.map((one) => ({
      ...one,
      render: () => [{ role: "user", content: "else" }] as const,
    }));
    for (const targets of [changed, both([said("other")]).targets]) {
      const { read: none, tallies } = await composed({ ...otherPrompt, targets }, before);
      expect(none[0]?.answers).toEqual([]);
      expect(tallies[0]).toMatchObject({ kept: 0, dropped: 2, lacking: [{ caseId: "c0" }, { caseId: "c1" }] });
    }
  });

  it("loses the cases that are no longer asked, and tells how many", async () => {
    const plan = both([said("m")], 3);
    await play([plan], folder.open(), world);
    const { read } = await composed(plan);
    const fewer = await composed(both([said("m")], 2), fileOf(read));
    expect(texts(fewer.read[0]?.answers)).toEqual(["m c0 1", "m c1 1"]);
    expect(fewer.tallies[0]).toMatchObject({ answers: 2, dropped: 1 });
  });
});
