/** Running again: nothing is bought twice, nothing changes, and each filter leaves the rest alone. */
import { afterEach, describe, expect, it } from "vitest";
import { caseLines, openWorkspace, suiteText, type Workspace } from "./workspace.ts";

let place: Workspace;
afterEach(() => place.close());

const open = async (options: Parameters<typeof openWorkspace>[0] = {}) => {
  place = await openWorkspace(options);
  return place;
};

/** Everything of a summary that must be the same for the same data. */
function lasting(workspace: Workspace): string {
  const { run: _, ...rest } = workspace.summary();
  return JSON.stringify(rest);
}

describe("running again", () => {
  it("museum 27: sends nothing, says the same, writes the same bytes", async () => {
    await open();
    const first = await place.run(["run"]);
    expect(first.code).toBe(0);
    expect(first.stdout).toContain("KEEP PROMPTING");
    expect(place.stub.count()).toBe(80);
    const before = { summary: lasting(place), records: JSON.stringify(place.records()) };
    const second = await place.run(["run"]);
    expect(second.code).toBe(0);
    expect(second.stdout).toContain("80 from the ledger");
    expect(place.stub.count()).toBe(80);
    expect({ summary: lasting(place), records: JSON.stringify(place.records()) }).toEqual(before);
    const gate = await place.run(["gate"]);
    expect(gate).toMatchObject({ code: 0, stderr: "" });
    expect(gate.stdout).toContain("exit code 0: pass");
    expect(place.stub.count()).toBe(80);
  });

  it("prints exactly the summary with --json", async () => {
    await open();
    const { stdout } = await place.run(["run", "--json"]);
    expect(JSON.parse(stdout)).toEqual(place.summary());
  });

  it("buys with --limit and --case what it needs, and the rest later", async () => {
    await open();
    expect((await place.run(["run", "--limit", "10"])).code).toBe(3);
    expect(place.stub.count()).toBe(20);
    const some = await place.run(["run", "--case", "c0030", "--case", "c0002", "--case", "c0015", "--json"]);
    expect(some.code).toBe(3);
    expect(place.stub.count()).toBe(24);
    // museum 21: ids in any order, answers under their own ids, in the order of the data
    expect(place.records().map(({ caseId, completion }) => [caseId, completion.text])).toEqual(
      ["c0002", "c0015", "c0030"].flatMap((id) => [
        [id, `word ${Number(id.slice(1))}`],
        [id, `word ${Number(id.slice(1))}`],
      ]),
    );
    expect((await place.run(["run"])).code).toBe(0);
    expect(place.stub.count()).toBe(80);
  });

  it("buys only the further trials when there are more of them", async () => {
    await open();
    await place.run(["run", "--limit", "5"]);
    expect(place.stub.count()).toBe(10);
    await place.run(["run", "--limit", "5", "--trials", "3"]);
    expect(place.stub.count()).toBe(30);
  });

  it("--offline sends nothing, and tells missing answers from wrong ones", async () => {
    await open();
    const empty = await place.run(["run", "--offline"]);
    expect(place.stub.count()).toBe(0);
    expect([4, 5]).toContain(empty.code);
    await place.run(["run", "--limit", "20"]);
    const half = await place.run(["run", "--offline"]);
    expect(place.stub.count()).toBe(40);
    expect(half.code).toBe(4);
    const [measure] = place.summary().suites[0]?.decision.measures ?? [];
    expect(measure?.counts).toMatchObject({ passed: 20, failed: 0, missing: 20 });
  });
});

describe("what is bought again", () => {
  it("museum 10, 11: another model and another temperature are other calls; the same call is one", async () => {
    const target = (name: string, model: string, more = "") =>
      `promptOnly("${name}", { model: openai("${model}", { baseUrl: process.env.STUB_OPENAI, keyEnv: "STUB_KEY" }), prompt: { user: "Say {{input}}" }${more} })`;
    const targets = (temperature: string) =>
      `[${target("a", "one")}, ${target("b", "two")}, ${target("c", "one")}, ${target("d", "one", `, parameters: { temperature: ${temperature} }`)}]`;
    await open({ cases: 5, suite: suiteText({ targets: targets("0.7") }) });
    await place.run(["run"]);
    // a and c ask the same thing of the same model: one call
    expect(place.stub.count()).toBe(15);
    expect(place.stub.stats().mostRepeated).toBe(1);
    place.write("evals/words.eval.ts", suiteText({ targets: targets("0") }));
    await place.run(["run", "--concurrency", "3"]);
    expect(place.stub.count()).toBe(20);
  });

  it("museum 13, 14: an edited expectation grades anew for nothing; an edited input is bought again", async () => {
    await open();
    await place.run(["run"]);
    const passed = () => place.summary().suites[0]?.decision.measures.find(({ target }) => target === "plain")?.counts;
    expect(passed()).toMatchObject({ passed: 40 });
    const data = caseLines(40);
    place.write("datasets/words.jsonl", data.replace('"expected":"word 7"', '"expected":"word seven"'));
    await place.run(["run"]);
    expect(place.stub.count()).toBe(80);
    expect(passed()).toMatchObject({ passed: 39, failed: 1 });
    place.write("datasets/words.jsonl", data.replace('"input":"word 7"', '"input":"word seven"'));
    await place.run(["run"]);
    expect(place.stub.count()).toBe(82);
  });

  it("museum 12: an edited rubric is judged anew, and no answer is bought again; a judge that is down costs no answer", async () => {
    const graders = (rubric: string) =>
      `[judge({ name: "j", model: openai("stub-judge", { baseUrl: process.env.STUB_OPENAI, keyEnv: "STUB_KEY" }), rubric: "${rubric}", labels: { pass: 1, fail: 0 } })]`;
    const suite = (rubric: string) => suiteText({ graders: graders(rubric) }).replace("import {", "import { judge,");
    let down = true;
    await open({
      cases: 5,
      suite: suite("Is it a word?"),
      stub: {
        reply: ({ model, messages }) =>
          model === "stub-judge"
            ? '{"reason":"fine","label":"pass"}'
            : (messages.at(-1)?.content.replace(/^Say /, "") ?? ""),
        misbehave: (_, { model }) => (down && model === "stub-judge" ? "bad-request" : undefined),
      },
    });
    const asked = (model: string) => place.stub.requests.filter((request) => request.model === model).length;
    await place.run(["run"]);
    expect([asked("stub-base"), asked("stub-tuned")]).toEqual([5, 5]);
    const judged = asked("stub-judge");
    expect(judged).toBeGreaterThan(0);
    expect(place.summary().suites[0]?.decision.measures[0]?.counts).toMatchObject({ passed: 0, failed: 0, missing: 5 });
    down = false;
    await place.run(["run"]);
    expect([asked("stub-base"), asked("stub-tuned")]).toEqual([5, 5]);
    expect(place.summary().suites[0]?.decision.measures[0]?.counts).toMatchObject({ passed: 5, missing: 0 });
    const settled = asked("stub-judge");
    await place.run(["run"]);
    expect(asked("stub-judge")).toBe(settled);
    place.write("evals/words.eval.ts", suite("Is it the word that was asked for?"));
    await place.run(["run"]);
    expect(asked("stub-judge")).toBeGreaterThan(settled);
    expect([asked("stub-base"), asked("stub-tuned")]).toEqual([5, 5]);
  });
});
