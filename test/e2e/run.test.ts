/** The whole way through the real command: every verdict, what is printed and written, what is asked, and the same again for nothing. */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterAll, describe, expect, it } from "vitest";
import type { StubRequest } from "../../src/stub/protocols.ts";
import { echo, openWorkspace, STATED, suiteText, type Workspace } from "./workspace.ts";

const CASES = 60;
const PLAIN = `[promptOnly("plain", { model: base, prompt: { user: "Say {{input}}" } })]`;

const places: Workspace[] = [];
// Tests of this file run side by side, so that no hook of a single test can tell whose it is.
afterAll(() => Promise.all(places.map((place) => place.close())));

async function open(options: Parameters<typeof openWorkspace>[0] = {}): Promise<Workspace> {
  const place = await openWorkspace({ cases: CASES, ...options });
  places.push(place);
  return place;
}

/** The number in `word 7`. */
function numberOf({ messages }: StubRequest): number {
  return Number(/\d+/.exec(messages.at(-1)?.content ?? "")?.[0]);
}

/** Right on the first so many cases by model, something else on the others. */
function rightOn(shares: Readonly<Record<string, number>>) {
  return (request: StubRequest) =>
    numberOf(request) <= (shares[request.model] ?? 0) * CASES ? echo(request.messages) : "no";
}

/** The files of the latest run, as they are. */
function written(place: Workspace): { readonly cases: string; readonly lasting: string; readonly report: string } {
  const { id } = place.summary().run;
  const summary = place.read(`reports/${id}/summary.json`);
  const { run: _, ...lasting } = JSON.parse(summary);
  return {
    cases: place.read(`reports/${id}/cases.jsonl`),
    lasting: JSON.stringify(lasting),
    report: place.read(`reports/${id}/report.md`),
  };
}

describe.concurrent("verdicts", () => {
  it.each([
    {
      verdict: "KEEP_PROMPTING",
      words: "KEEP PROMPTING",
      exitCode: 0,
      reason: "all-met",
      reply: rightOn({ "stub-base": 1, "stub-tuned": 1 }),
    },
    {
      verdict: "CONFIRMED",
      words: "FINE-TUNE CONFIRMED",
      exitCode: 0,
      reason: "tuned-meets-and-better",
      reply: rightOn({ "stub-base": 0.5, "stub-tuned": 1 }),
    },
    {
      verdict: "REJECTED",
      words: "FINE-TUNE REJECTED",
      exitCode: 1,
      reason: "tuned-misses",
      reply: rightOn({ "stub-base": 0.5, "stub-tuned": 0.2 }),
    },
    {
      verdict: "FINE_TUNE_JUSTIFIED",
      words: "FINE-TUNING JUSTIFIED",
      exitCode: 1,
      reason: "requirement-not-met",
      reply: rightOn({ "stub-base": 0.3 }),
      targets: PLAIN,
      more: STATED,
    },
    {
      verdict: "INCONCLUSIVE",
      words: "INCONCLUSIVE",
      exitCode: 3,
      reason: "not-pushed",
      reply: rightOn({ "stub-base": 0.3 }),
      targets: PLAIN,
    },
    {
      verdict: "NOT_FEASIBLE",
      words: "NOT FEASIBLE",
      exitCode: 1,
      reason: "no-venue",
      reply: rightOn({ "stub-base": 0.3 }),
      targets: PLAIN,
      more: STATED.replace("trains: true", "trains: false"),
    },
    {
      verdict: "KEEP_PROMPTING",
      words: "KEEP PROMPTING",
      exitCode: 1,
      reason: "format-first",
      reply: (request: StubRequest) => `I think it is ${numberOf(request)}, is it not?`,
      targets: PLAIN,
      graders: "[numberMatch()]",
    },
    {
      verdict: "INCONCLUSIVE",
      words: "INCONCLUSIVE",
      exitCode: 3,
      reason: "undecided",
      reply: rightOn({ "stub-base": 0.85 }),
      targets: PLAIN,
    },
  ])("$verdict ($reason): exit $exitCode, told everywhere alike, and again for nothing", async (one) => {
    const { verdict, words, exitCode, reason, reply, targets, graders, more } = one;
    const suite = suiteText({ ...(targets && { targets }), ...(graders && { graders }), ...(more && { more }) });
    const place = await open({ suite: suite.replace("{ anthropic", "{ numberMatch, anthropic"), stub: { reply } });
    if (graders !== undefined) {
      const lines = place.read("datasets/words.jsonl").replaceAll(/"expected":"word (\d+)"/g, '"expected":"$1"');
      place.write("datasets/words.jsonl", lines);
    }
    const calls = CASES * (targets === undefined ? 2 : 1);

    const first = await place.run(["run"]);
    expect(first.stderr).toBe("");
    expect(first.code).toBe(exitCode);
    expect(first.stdout).toMatch(new RegExp(`^words +${words}$`, "m"));
    expect(first.stdout).toMatch(new RegExp(`^Result +exit code ${exitCode}: `, "m"));
    expect(first.stdout).toMatch(new RegExp(`^Calls +${calls} planned: ${calls} sent`, "m"));
    expect(place.stub.count()).toBe(calls);
    const summary = place.summary();
    expect(summary.exitCode).toBe(exitCode);
    const decided = summary.suites[0]?.decision.verdict;
    expect([decided?.kind, decided?.reasons[0]?.code]).toEqual([verdict, reason]);
    const before = written(place);
    expect(before.report).toContain(words);
    expect(before.cases.split("\n")).toHaveLength(calls + 1);
    expect(first.stdout).toContain(`reports/${summary.run.id}/report.md`);

    const again = await place.run(["run"]);
    expect(again.code).toBe(exitCode);
    expect(place.stub.count()).toBe(calls);
    const after = written(place);
    expect(place.summary().run.id).not.toBe(summary.run.id);
    expect(after.cases).toBe(before.cases);
    expect(after.lasting).toBe(before.lasting);

    const gate = await place.run(["gate"]);
    expect(gate).toMatchObject({ code: exitCode, stderr: "" });
    expect(place.stub.count()).toBe(calls);
    // All but the head and the lines on this very run are the same words.
    const decision = (text: string) => text.slice(text.indexOf("words "), text.search(/^(Calls|Gate) /m)).trim();
    expect(decision(gate.stdout)).toBe(decision(first.stdout));
  });
});

describe.concurrent("what is printed for programs", () => {
  it("run --json prints the bytes of summary.json and nothing else, gate --json the same decisions", async () => {
    const place = await open();
    const { code, stdout, stderr } = await place.run(["run", "--json"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toBe(place.read(`reports/${place.summary().run.id}/summary.json`));
    const gate = JSON.parse((await place.run(["gate", "--json"])).stdout);
    expect(gate).toEqual({ schema: "gapcheck.gate/1", exitCode: 0, exam: [], suites: JSON.parse(stdout).suites });
    expect(place.stub.count()).toBe(2 * CASES);
  });

  it("compare tells what another prompt changed, writes the page of both runs, and calls nothing", async () => {
    const place = await open({ stub: { reply: rightOn({ "stub-base": 0.85 }) } });
    await place.run(["run"]);
    const first = place.summary().run.id;
    const suite = place.read("evals/words.eval.ts");
    place.write("evals/words.eval.ts", suite.replace("{ user:", '{ system: "Please.", user:'));
    await place.run(["run"]);
    const second = place.summary().run.id;
    const calls = place.stub.count();
    const { code, stdout, stderr } = await place.run(["compare", first, second]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toMatch(/^words, on \d+ test cases that both runs hold alike$/m);
    const page = place.read(`reports/${second}/compared-with-${first}.html`);
    expect(page).toContain("prompt of “plain”");
    expect(page).toContain(`href="../${first}/report.html"`);
    expect(place.stub.count()).toBe(calls);
  });

  it("plan calls nothing and keeps nothing, and its worst case is never passed", async () => {
    const place = await open();
    const worst = Array.from({ length: CASES }, (_, index) => {
      // Every byte a token, 16 for the message and 16 for the call; 16 tokens of answer at twice the price.
      const prompt = Buffer.byteLength(`Say word ${index + 1}`) + 32;
      return (2 * (prompt * 1 + 16 * 2)) / 1_000_000;
    }).reduce((sum, usd) => sum + usd, 0);
    const { code, stdout, stderr } = await place.run(["plan", "--json"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const [suite] = JSON.parse(stdout).suites;
    expect(suite).toMatchObject({
      suite: "words",
      calls: 120,
      inLedger: 0,
      stored: 0,
      toSend: 120,
      judgeCallsAtMost: 0,
    });
    expect(suite.cases).toEqual({ dev: 0, test: CASES });
    expect(suite.worst.usd).toBeCloseTo(worst, 12);
    expect(suite.expected).toMatchObject({ calls: 120, usd: 0, open: { calls: 120 }, unpricedCalls: 0 });
    expect(suite.expected.open.worstUsd).toBeCloseTo(worst, 12);
    expect(suite.power.requirements[0]).toMatchObject({ label: "quality", trials: 1, cases: 94, assumedShare: 0.9 });
    const shown = await place.run(["plan"]);
    expect(shown.code).toBe(0);
    expect(shown.stdout).toMatch(/Expected: 120 calls, between about \$0\.0\d+ \(prompts alone\) and/);
    expect(shown.stdout).toMatch(/words +0 \+ 60 +2 +120 +0 +120 +0 +\$0\.0/);
    expect(shown.stdout).toMatch(/gap of [\d.]+ points/);
    expect(shown.stdout).toContain("Nothing was called.");
    expect(place.stub.stats().connections).toBe(0);
    expect(readdirSync(place.folder).sort()).toEqual(["datasets", "evals"]);

    await place.run(["run"]);
    const { settledUsd, unknownAtMostUsd } = place.summary().run.spend;
    expect(unknownAtMostUsd).toBe(0);
    expect(settledUsd).toBeGreaterThan(0);
    expect(settledUsd).toBeLessThan(worst);
    // The same prompts once more are expected to take the same tokens.
    const [later] = JSON.parse((await place.run(["plan", "--json", "--trials", "2"])).stdout).suites;
    expect(later).toMatchObject({ calls: 240, inLedger: 120, toSend: 120, expected: { calls: 120, unpricedCalls: 0 } });
    expect(later.expected.usd).toBeCloseTo(settledUsd, 12);
    expect(later.targets[0].expected).toMatchObject({ basis: "ledger", answers: CASES });
  });
});

describe.concurrent("selections", () => {
  it("--suite and files choose suites; each has its own verdict, and the worst exit code is the run's", async () => {
    const place = await open({
      stub: { reply: (request) => (numberOf(request) > 1_000 ? "no" : echo(request.messages)) },
    });
    const other = place.read("datasets/words.jsonl").replaceAll(/word (\d+)/g, "word 1000$1");
    place.write("datasets/other.jsonl", other);
    place.write(
      "evals/other.eval.ts",
      suiteText({ name: "other", targets: PLAIN, more: STATED }).replace("words.jsonl", "other.jsonl"),
    );
    const suites = () => place.summary().suites.map(({ decision }) => decision.suite);
    expect((await place.run(["run", "--suite", "words"])).code).toBe(0);
    expect(suites()).toEqual(["words"]);
    expect(place.stub.count()).toBe(2 * CASES);
    expect((await place.run(["run", "evals/other.eval.ts"])).code).toBe(1);
    expect(suites()).toEqual(["other"]);
    expect(place.stub.count()).toBe(3 * CASES);
    const both = await place.run(["run", "--suite", "words", "--suite", "other"]);
    expect(both.code).toBe(1);
    expect(suites()).toEqual(["other", "words"]);
    expect(both.stdout).toMatch(/^Gate +other: FAIL|^Gate +other: fail/im);
    expect(place.stub.count()).toBe(3 * CASES);
  });

  it("museum 20: the shots of a case are the same under --limit and in any order of the data", async () => {
    const shots = Array.from({ length: 12 }, (_, index) =>
      JSON.stringify({ id: `s${index}`, input: `shot ${index}`, expected: `${index}` }),
    );
    const targets = `[promptOnly("shots", { model: base, prompt: { user: "Say {{input}}", shots: { from: jsonl("../datasets/shots.jsonl"), count: 3 } } })]`;
    const place = await open({ cases: 30, suite: suiteText({ targets }) });
    place.write("datasets/shots.jsonl", `${shots.join("\n")}\n`);
    await place.run(["run", "--limit", "7"]);
    expect(place.stub.count()).toBe(7);
    await place.run(["run"]);
    expect(place.stub.count()).toBe(30);
    const chosen = new Set(place.stub.requests.map(({ messages }) => JSON.stringify(messages.slice(0, -1))));
    expect(place.stub.requests.every(({ messages }) => messages.length === 7)).toBe(true);
    expect(chosen.size).toBeGreaterThan(15);
    const lines = place.read("datasets/words.jsonl").trim().split("\n");
    place.write("datasets/words.jsonl", `${lines.reverse().join("\n")}\n`);
    place.write("datasets/shots.jsonl", `${shots.reverse().join("\n")}\n`);
    await place.run(["run", "--limit", "11", "--concurrency", "2"]);
    expect(place.stub.count()).toBe(30);
    expect(place.records()).toHaveLength(11);
  });

  it("--offline: the verdict from what is there, without a key; nothing there is exit 5 and no file", async () => {
    const place = await open();
    const env = { STUB_KEY: "" };
    const none = await place.run(["run", "--offline"], { env });
    expect(none.code).toBe(5);
    expect(place.summary().suites[0]?.decision.measures[0]?.counts).toMatchObject({ failed: 0, missing: CASES });
    expect(existsSync(join(place.folder, ".gapcheck"))).toBe(false);
    await place.run(["run"]);
    const before = written(place);
    const offline = await place.run(["run", "--offline"], { env });
    expect(offline.code).toBe(0);
    expect(offline.stdout).toContain("KEEP PROMPTING");
    expect(written(place).cases).toBe(before.cases);
    expect(place.stub.count()).toBe(2 * CASES);
  });
});

describe.concurrent("providers and judges", () => {
  /** Texts that are put before each judge beside the answers. */
  const CANARIES = 5;
  const targets = `[
    promptOnly("responses", { model: openai("stub-base", { api: "responses", baseUrl: process.env.STUB_OPENAI, keyEnv: "STUB_KEY", price }), prompt: { system: "Be short.", user: "Say {{input}}" } }),
    promptOnly("messages", { model: anthropic("stub-claude", { baseUrl: process.env.STUB_ANTHROPIC, keyEnv: "STUB_KEY", price }), prompt: { system: "Be short.", user: "Say {{input}}" } }),
  ]`;
  const judged = (model = "stub-judge") =>
    `[exactMatch(), judge({ name: "polite", required: false, model: openai("${model}", { baseUrl: process.env.STUB_OPENAI, keyEnv: "STUB_KEY", price, maxTokens: 100 }), rubric: "Is it polite?", labels: { pass: 1, fail: 0 }, evidence: false })]`;
  const VERDICT = '{"reason": "short and kind", "label": "pass"}';
  const reply = (request: StubRequest) => (request.model === "stub-judge" ? VERDICT : echo(request.messages));
  const asked = (place: Workspace, model: string) =>
    place.stub.requests.filter((request) => request.model === model).length;

  it("openai's responses, anthropic's messages and a judge, each once; the second run asks nobody", async () => {
    const place = await open({ suite: suiteText({ targets, graders: judged() }), stub: { reply } });
    const { code, stderr, stdout } = await place.run(["run"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const words = stdout.replace(/\s+/g, " ");
    expect(words).toContain(`Judges ${CASES} from the ledger, ${CASES + CANARIES} sent; their cost is in the sum`);
    // This judge passes whatever it reads, and the run says so, without a word on standard error.
    expect(words).toContain('Warning "words", "polite": UNTRUSTED. The judge passes 5 of 5 texts');
    const protocols = new Map(place.stub.requests.map(({ model, protocol }) => [model, protocol]));
    expect(Object.fromEntries(protocols)).toEqual({
      "stub-base": "responses",
      "stub-claude": "messages",
      "stub-judge": "chat",
    });
    expect([asked(place, "stub-base"), asked(place, "stub-claude")]).toEqual([CASES, CASES]);
    // Both targets say the same of a case: one judgement for the two.
    expect(asked(place, "stub-judge")).toBe(CASES + CANARIES);
    const records = readFileSync(join(place.folder, "reports", place.summary().run.id, "cases.jsonl"), "utf8")
      .trim()
      .split("\n");
    for (const line of records) {
      const { grades, cost } = JSON.parse(line);
      expect(grades[1]).toMatchObject({ grader: "polite", strict: { kind: "scored", score: 1, answer: "pass" } });
      expect(cost).toMatchObject({ known: true });
    }
    const count = place.stub.count();
    expect((await place.run(["run"])).code).toBe(0);
    expect((await place.run(["gate"])).code).toBe(0);
    expect(place.stub.count()).toBe(count);
  });

  it("a judge that must pass but was not measured against people decides nothing", async () => {
    const graders = judged().replace("required: false, ", "");
    const place = await open({ suite: suiteText({ targets: PLAIN, graders }), stub: { reply } });
    const { code, stdout } = await place.run(["run"]);
    expect(code).toBe(3);
    expect(stdout.replace(/\s+/g, " ")).toContain("not measured against people");
    expect(place.summary().suites[0]?.decision.measures[0]?.counts).toMatchObject({ passed: CASES, missing: 0 });
  });

  it("row 54: a judge that is overloaded while the model is up: answers are kept, and judged by the next run", {
    timeout: 90_000,
  }, async () => {
    let down = true;
    const place = await open({
      cases: 2,
      suite: suiteText({ targets: PLAIN, graders: judged() }),
      stub: { reply, misbehave: (_, { model }) => (down && model === "stub-judge" ? "overloaded-503" : undefined) },
    });
    const ended = await place.run(["run"]);
    expect(asked(place, "stub-base")).toBe(2);
    expect(asked(place, "stub-judge")).toBe(2 * 5);
    expect(ended.stdout).toContain("overloaded");
    expect(place.summary().suites[0]?.decision.measures[0]?.counts).toMatchObject({ passed: 2, missing: 0 });
    down = false;
    const again = await place.run(["run"]);
    expect(asked(place, "stub-base")).toBe(2);
    expect(asked(place, "stub-judge")).toBe(2 * 5 + 2 + CANARIES);
    expect(again.stdout).not.toContain("overloaded");
  });
});

describe.concurrent("one ledger", () => {
  it("rows 41, 42: runs at once, of one suite or two that ask the same, buy every answer once, and say the same", async () => {
    const place = await open({ stub: { latencyMs: 30 } });
    place.write("evals/more.eval.ts", suiteText({ name: "more" }));
    const args = ["run", "--json", "--concurrency", "5", "--suite"];
    const names = ["words", "words", "more"];
    const [one, other, more] = await Promise.all(names.map((name) => place.run([...args, name])));
    if (one === undefined || other === undefined) throw new Error("three runs");
    expect([one.code, other.code, more?.code]).toEqual([0, 0, 0]);
    const suites = ({ stdout }: { readonly stdout: string }) => JSON.stringify(JSON.parse(stdout).suites);
    expect(suites(one)).toBe(suites(other));
    expect(place.stub.count()).toBe(2 * CASES);
    expect(place.stub.stats().mostRepeated).toBe(1);
  });

  it("counts who looks at the test cases: a new prompt is a second look, the same ones again are none", async () => {
    const place = await open({ suite: suiteText({ targets: PLAIN }) });
    const looks = () => place.summary().suites[0]?.decision.looks?.number;
    await place.run(["run"]);
    await place.run(["run"]);
    expect(looks()).toBe(1);
    place.write("evals/words.eval.ts", suiteText({ targets: PLAIN.replace("Say {{input}}", "Do: Say {{input}}") }));
    const second = await place.run(["run"]);
    expect(looks()).toBe(2);
    expect(second.stdout.replace(/\s+/g, " ")).toContain("This is look 2 of new candidates at these test cases");
    const gate = await place.run(["gate", "--json"]);
    expect(JSON.parse(gate.stdout).suites[0].decision.looks).toMatchObject({ number: 2, alpha: 0.05 / 6 });
    place.write("evals/words.eval.ts", suiteText({ targets: PLAIN }));
    await place.run(["run"]);
    expect(looks()).toBe(1);
  });

  it("rows 40, 43, 44: a row that was tampered with, cut off or swapped is never an answer: it is told, and bought again", async () => {
    const place = await open();
    await place.run(["run"]);
    const before = written(place);
    const db = new DatabaseSync(join(place.folder, ".gapcheck/ledger.sqlite"));
    const rows = db.prepare("SELECT id, body, checksum FROM calls ORDER BY id LIMIT 4").all();
    const [first, second, third, fourth] = rows;
    db.prepare("UPDATE calls SET body = replace(body, 'word', 'sword') WHERE id = ?").run(Number(first?.id));
    // An answer of another call, whole as it is.
    db.prepare("UPDATE calls SET body = ?, checksum = ? WHERE id = ?").run(
      String(third?.body),
      String(third?.checksum),
      Number(second?.id),
    );
    db.prepare("UPDATE calls SET body = substr(body, 1, 20) WHERE id = ?").run(Number(fourth?.id));
    // Under the key of another version nobody asks for it: it is not there.
    db.prepare("UPDATE calls SET key = randomblob(32) WHERE id = (SELECT max(id) FROM calls)").run();
    db.close();
    const told = await place.run(["run"]);
    expect(told.code).toBe(4);
    expect(told.stdout.replace(/\s+/g, " ")).toContain("its row in the ledger is damaged; run again to buy it anew");
    expect(told.stdout).not.toContain("sword");
    expect(place.records().filter(({ completion }) => completion.kind === "not-called")).toHaveLength(3);
    expect(place.stub.count()).toBe(2 * CASES + 1);
    const again = await place.run(["run"]);
    expect(again.code).toBe(0);
    expect(place.stub.count()).toBe(2 * CASES + 1 + 3);
    expect(place.stub.stats().mostRepeated).toBe(2);
    expect(written(place).cases.replaceAll(/"(latencyMs|requestId)":[^,}]+/g, "")).toBe(
      before.cases.replaceAll(/"(latencyMs|requestId)":[^,}]+/g, ""),
    );
  });

  it("row 40: a file with a torn tail, a flipped bit, or its last pages gone: what is good is kept, and nothing bad is trusted or bought in silence", async () => {
    const place = await open({ suite: suiteText({ targets: PLAIN }) });
    const file = join(place.folder, ".gapcheck/ledger.sqlite");
    await place.run(["run"]);
    const whole = readFileSync(file);
    const texts = () => place.records().map(({ completion }) => completion.text);
    const right = texts();

    const flipped = Buffer.from(whole);
    const at = flipped.indexOf('"text":"word 30"') + '"text":"'.length;
    flipped.writeUInt8(flipped.readUInt8(at) ^ 1, at);
    writeFileSync(file, flipped.subarray(0, -7));
    const told = await place.run(["run"]);
    expect(told.stdout.replace(/\s+/g, " ")).toContain("its row in the ledger is damaged; run again to buy it anew");
    expect(texts()).toEqual(right.with(29, undefined));
    await place.run(["run"]);
    expect([texts(), place.stub.count()]).toEqual([right, CASES + 1]);

    writeFileSync(file, whole.subarray(0, -3 * 4096));
    const refused = await place.run(["run"]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toMatch(/the ledger is damaged[\s\S]*fix: Run "gapcheck ledger rescue"/);
    const rescued = await place.run(["ledger", "rescue"]);
    expect(rescued.code).toBe(4);
    const saved = Number(/Saved +(\d+) calls/.exec(rescued.stdout)?.[1]);
    expect(saved).toBeGreaterThan(0);
    expect(saved).toBeLessThan(CASES);
    expect((await place.run(["run"])).code).toBe(0);
    expect([texts(), place.stub.count()]).toEqual([right, CASES + 1 + CASES - saved]);
  });
});
