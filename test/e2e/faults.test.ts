/** The common faults of providers through the real command: what is seen, what is kept, what is paid. No key in any file. */
import { readFileSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { type MisbehaviourName, ODD_TEXT } from "../../src/stub/misbehaviour.ts";
import type { StubRequest } from "../../src/stub/protocols.ts";
import { type Misbehave, type StubOptions, startStub } from "../../src/stub/provider.ts";
import type { Finished } from "../command.ts";
import { PLANTED_KEY } from "../planted-key.ts";
import { openWorkspace, suiteText, type Workspace } from "./workspace.ts";

const CASES = 40;
let place: Workspace;
let told: Finished | undefined;

afterEach(() => place.close());

const OPENAI = `openai("stub-base", { baseUrl: process.env.STUB_OPENAI, keyEnv: "STUB_KEY", price, maxTokens: 16 })`;
const ANTHROPIC = OPENAI.replace("openai(", "anthropic(").replace("STUB_OPENAI", "STUB_ANTHROPIC");

const PLAIN = `[promptOnly("plain", { model: base, prompt: { user: "Say {{input}}" } })]`;
/** Two targets of two models. */
const BOTH = PLAIN.replace(
  "})]",
  `}), fineTuned("tuned", { model: tuned, prompt: { user: "Say {{input}}" }, tunedFrom: base })]`,
);

/** One target on 40 cases with the given misbehaviour. */
async function run(
  misbehave: StubOptions["misbehave"],
  args: readonly string[] = [],
  {
    model = OPENAI,
    targets = PLAIN,
    ...more
  }: Partial<StubOptions> & { readonly model?: string; readonly targets?: string } = {},
) {
  place = await openWorkspace({
    cases: CASES,
    suite: suiteText({ targets, model }),
    stub: { ...more, ...(misbehave && { misbehave }) },
  });
  return again(args);
}

async function again(args: readonly string[] = []) {
  told = await place.run(["run", ...args]);
  return told;
}

const counts = (target = "plain") =>
  place.summary().suites[0]?.decision.measures.find((measure) => measure.target === target)?.counts;

/** Requests to the model of `plain`. */
const askedOfBase = () => place.stub.requests.filter(({ model }) => model === "stub-base").length;

/** A fault of the model of `plain` alone. */
const ofBase =
  (fault: Misbehave): StubOptions["misbehave"] =>
  (_, { model }) =>
    model === "stub-base" ? fault : undefined;

/** The number in `Say word 7`. */
function numberOf({ messages }: StubRequest): number {
  return Number(/\d+/.exec(messages.at(-1)?.content ?? "")?.[0]);
}

describe("faults of a provider", () => {
  it("rows 3, 4, 11, 14, 18: what passes is sent again once, and is counted", async () => {
    const once: MisbehaviourName[] = [
      "retry-after-ms",
      "rate-limit",
      "slow-down",
      "overloaded-503",
      "overloaded-529",
      "error-body",
      "500",
      "504",
      "reset",
      "fin-in-body",
      "rst-in-body",
    ];
    const seen = new Set<number>();
    const { code } = await run(
      (_, request) => {
        const number = numberOf(request);
        if (seen.has(number)) return undefined;
        seen.add(number);
        return once[number - 1];
      },
      [],
      { model: ANTHROPIC },
    );
    expect(code).toBe(0);
    expect(place.stub.requests.every(({ protocol }) => protocol === "messages")).toBe(true);
    expect(counts()).toMatchObject({ passed: CASES, missing: 0 });
    expect(place.stub.count()).toBe(CASES + once.length);
    expect(place.summary().run.counts).toMatchObject({ retried: once.length, failed: 0, answered: CASES });
    // Five of them may have been paid, the others cannot have been.
    const { settledUsd, unknownAtMostUsd } = place.summary().run.spend;
    const worst = (word: string) => (Buffer.byteLength(`Say word ${word}`) + 32 + 16 * 2) / 1_000_000;
    expect(unknownAtMostUsd).toBeCloseTo(
      ["7", "8", "9", "10", "11"].map(worst).reduce((sum, usd) => sum + usd),
      12,
    );
    expect(settledUsd).toBeGreaterThan(0);
  });

  it.each([
    [
      "row 5: out of money",
      { status: 429, code: "insufficient_quota", message: "You exceeded your current quota" },
      4,
      "money",
    ],
    [
      "row 6: a rejected key",
      { status: 401, code: "invalid_api_key", message: `Incorrect API key provided: ${PLANTED_KEY}` },
      4,
      "key",
    ],
  ] as const)(
    "%s stops the run at once, keeps what was answered, and running again goes on",
    async (_, error, code, word) => {
      let broke = true;
      const fault = { kind: "error", error } as const;
      const ended = await run((n) => (broke && n > 10 ? fault : undefined), ["--concurrency", "4"]);
      expect(ended.code).toBe(code);
      expect(ended.stdout.toLowerCase()).toContain(word);
      expect(ended.stdout).toMatch(/^Go on +gapcheck run --concurrency 4$/m);
      expect(place.stub.count()).toBeLessThanOrEqual(10 + 4);
      expect(counts()).toMatchObject({ passed: 10, failed: 0, missing: CASES - 10 });
      const sent = place.stub.count();
      broke = false;
      expect((await again()).code).toBe(0);
      expect(place.stub.count()).toBe(sent + CASES - 10);
    },
  );

  it("row 7: a model that does not exist ends its target before many calls", async () => {
    const error = { status: 404, code: "model_not_found", message: "The model does not exist" };
    const ended = await run(ofBase({ kind: "error", error }), ["--concurrency", "4"], { targets: BOTH });
    expect(ended.code).toBe(2);
    expect(ended.stdout.replace(/\s+/g, " ")).toMatch(
      /does not know stub-base \(model_not_found\): check the model id/,
    );
    expect(askedOfBase()).toBeLessThanOrEqual(4);
    expect(counts()).toMatchObject({ passed: 0, failed: 0, missing: CASES });
    // The other target goes on.
    expect(counts("tuned")).toMatchObject({ passed: CASES, missing: 0 });
    expect(place.summary().run.spend.unknownAtMostUsd).toBe(0);
  });

  it("row 10: an error that is always the same opens the breaker at 20", async () => {
    const ended = await run(
      ofBase({ kind: "error", error: { status: 400, message: "no such parameter" } }),
      ["--concurrency", "1"],
      { targets: BOTH },
    );
    expect(ended.code).toBe(4);
    expect(askedOfBase()).toBe(20);
    expect(ended.stdout.replace(/\s+/g, " ")).toMatch(/20 identical errors.*no such parameter/);
    expect(counts()).toMatchObject({ passed: 0, failed: 0, missing: CASES });
    expect(counts("tuned")).toMatchObject({ passed: CASES, missing: 0 });
  });

  it("rows 24 to 26: no text, a cut answer, a refusal: answers of kinds of their own, shown apart, never asked again", async () => {
    const kinds: MisbehaviourName[] = ["null-content", "empty-content", "length", "refusal", "filtered"];
    const ended = await run((_, request) => kinds[numberOf(request) - 1]);
    expect(counts()).toMatchObject({ passed: CASES - 5, failed: 5, empty: 2, cut: 1, declined: 2, missing: 0 });
    expect(place.stub.count()).toBe(CASES);
    // One of 40 is more than 2 %.
    expect(ended.stdout.replace(/\s+/g, " ")).toContain("2.5 % of the answers fail because the token limit cut them");
    const report = place.read(`reports/${place.summary().run.id}/report.md`);
    expect(report).toMatch(/\| of these declined \| empty \| cut off \|[\s\S]*\| 40 \| 35 \| 5 \| 2 \| 2 \| 1 \|/);
  });

  it("row 12: a server that is not there: nothing is paid, exit 4", async () => {
    place = await openWorkspace({
      cases: 5,
      suite: suiteText({ targets: `[promptOnly("plain", { model: base, prompt: { user: "Say {{input}}" } })]` }),
    });
    told = await place.run(["run"], { env: { STUB_OPENAI: "http://127.0.0.1:9/v1" } });
    expect(told.code).toBe(4);
    expect(told.stdout.replace(/\s+/g, " ")).toContain("cannot reach 127.0.0.1:9 (ECONNREFUSED)");
    expect(told.stdout).toMatch(/^Go on +gapcheck run$/m);
    expect(place.summary().run.spend).toMatchObject({ settledUsd: 0, unknownAtMostUsd: 0 });
    expect(counts()).toMatchObject({ passed: 0, failed: 0, missing: 5 });
  });

  it("no key: says which, calls nothing, exit 5", async () => {
    place = await openWorkspace({ cases: 5 });
    told = await place.run(["run"], { env: { STUB_KEY: "" } });
    expect(told.code).toBe(5);
    expect(`${told.stdout}${told.stderr}`).toContain("STUB_KEY");
    expect(place.stub.count()).toBe(0);
  });

  it("row 57: a budget is never exceeded by reservation, and says how to go on", async () => {
    // Each costs nearly its worst, and all are out at once: without a reservation there would be four.
    const dear = { kind: "answer", usage: { input: 40, output: 16 } } as const;
    const ended = await run(dear, ["--max-usd", "0.0002", "--concurrency", "4"], { latencyMs: 100 });
    expect(ended.code).toBe(3);
    const { spend, stopped } = place.summary().run;
    expect(spend.settledUsd + spend.unknownAtMostUsd).toBeLessThanOrEqual(0.0002);
    expect(ended.stdout.replace(/\s+/g, " ")).toMatch(
      /\$0\.0001\d* of \$0\.0002 are spent.*: run again for the rest, or raise --max-usd/,
    );
    expect(stopped?.reason).toBe("budget");
    expect(place.stub.count()).toBe(2);
    expect((await again()).code).toBe(0);
    expect(place.stub.count()).toBe(CASES);
  });
});

describe("how many calls at once", () => {
  /** Most requests in flight among those after the first twenty, which all fail. */
  async function mostAfter(fault: MisbehaviourName) {
    let most = 0;
    const busy = await openWorkspace({
      cases: 150,
      suite: suiteText({ targets: PLAIN }),
      stub: {
        latencyMs: 100,
        misbehave: (n) => {
          if (n <= 20) return fault;
          // The twenty are in flight still when the first of the next come.
          if (n > 40) most = Math.max(most, busy.stub.stats().inFlight);
          return undefined;
        },
      },
    });
    try {
      expect((await busy.run(["run"])).code).toBe(0);
      expect(busy.stub.count()).toBe(150 + 20);
      return most;
    } finally {
      await busy.close();
    }
  }

  it("rows 3, 4: refusals of too many cut it by a fifth, a server's own trouble cuts nothing, and neither lets it grow", async () => {
    place = await openWorkspace({ cases: 1 });
    const [refused, overloaded] = await Promise.all([mostAfter("rate-limit"), mostAfter("overloaded-503")]);
    expect({ refused, overloaded }).toEqual({ refused: 16, overloaded: 20 });
  });
});

describe("caps on calls and on time", () => {
  it("calls are never more than the cap, the verdict stays open, and the command to go on is told", async () => {
    const ended = await run((n) => (n === 3 ? "500" : undefined), ["--max-calls", "12", "--concurrency", "4"]);
    expect(ended.code).toBe(3);
    expect(place.stub.count()).toBe(12);
    const words = ended.stdout.replace(/\s+/g, " ");
    expect(words).toContain("12 of 12 calls are sent: run again for the rest, or raise --max-calls");
    expect(words).toContain("Go on gapcheck run --max-calls 12 --concurrency 4 ");
    expect(place.summary().run.stopped?.reason).toBe("budget");
    expect(place.summary().suites[0]?.decision.verdict.kind).toBe("INCONCLUSIVE");
    expect(counts()).toMatchObject({ passed: 11, failed: 0, missing: CASES - 11 });
    expect((await again(["--max-calls", "100"])).code).toBe(0);
    expect(place.stub.count()).toBe(CASES + 1);
  });

  it("nothing is sent after the deadline, what was answered is kept, and running again goes on", async () => {
    let slow = true;
    const ended = await run(
      () => (slow ? { kind: "drip", everyMs: 1 } : undefined),
      ["--deadline", "2s", "--concurrency", "1"],
    );
    expect(ended.code).toBe(3);
    expect(ended.stdout.replace(/\s+/g, " ")).toContain(
      "the deadline has come: run again for the rest, or give a later --deadline Go on gapcheck run --deadline 2s --concurrency 1 ",
    );
    expect(place.summary().suites[0]?.decision.verdict.kind).toBe("INCONCLUSIVE");
    const sent = place.stub.count();
    expect(sent).toBeLessThan(CASES);
    expect(counts()).toMatchObject({ passed: sent, missing: CASES - sent });
    slow = false;
    expect((await again(["--deadline", "1h"])).code).toBe(0);
    expect(place.stub.count()).toBe(CASES);
  });
});

/** What a fault leads to: the failure's code, words of its message, and the requests that its case may cost. */
type Fate = readonly [code: string, words: RegExp, requests: 1 | 2];

const FATES: Partial<Record<MisbehaviourName, Fate>> = {
  html: ["not-an-answer", /not an answer: text\/html/, 1],
  empty: ["not-an-answer", /not an answer: empty body/, 1],
  "no-choices": ["not-an-answer", /not an answer: no choices/, 1],
  "wrong-type": ["not-an-answer", /not an answer: text\/plain/, 1],
  "json-array": ["not-an-answer", /not an answer/, 1],
  "not-json": ["not-an-answer", /not an answer: not JSON/, 1],
  "error-body-other": ["not-an-answer", /api_odd.*Something odd/, 1],
  "bad-utf8": ["bad-encoding", /bad encoding/, 1],
  huge: ["too-large", /answer over 8 MB/, 1],
  bomb: ["too-large", /answer over 8 MB/, 1],
  overflow: ["prompt-too-long", /prompt too long for stub-base.*resulted in 140000/, 1],
  "too-large": ["prompt-too-long", /prompt too long for stub-base/, 1],
  "bad-request": ["bad-request", /refuses the request \(invalid_value\)/, 1],
  unprocessable: ["bad-request", /refuses the request/, 1],
  "500": ["server-error", /failed \(500\)/, 2],
  "502": ["server-error", /failed \(502\)/, 2],
  conflict: ["server-error", /failed \(409\)/, 2],
  reset: ["connection-lost", /ended the connection before it answered/, 2],
  "fin-before-headers": ["connection-lost", /ended the connection before it answered/, 2],
  "fin-in-body": ["cut-off", /cut off/, 2],
  "rst-in-body": ["cut-off", /cut off/, 2],
};

describe("faults on their own cases", () => {
  it("rows 8, 9, 11, 14, 18, 22, 29, 30, 32, 33: each fault, always on its own case: told by name, never a wrong answer, never paid more often than it may be", async () => {
    const faults = Object.entries(FATES) as [MisbehaviourName, Fate][];
    const elsewhere = await startStub();
    const redirect = { kind: "redirect", to: `${elsewhere.openaiBase}/chat/completions` } as const;
    const ended = await run((_, request) => {
      const number = numberOf(request);
      return number === CASES ? redirect : faults[number - 1]?.[0];
    });
    const stranger = elsewhere.stats().connections;
    await elsewhere.close();
    expect(ended.code).toBe(4);

    const records = place.records();
    const asked = (number: number) => place.stub.requests.filter((request) => numberOf(request) === number).length;
    for (const [index, [name, [code, words, requests]]] of faults.entries()) {
      const completion = records[index]?.completion;
      expect([name, completion?.kind, completion?.code]).toEqual([name, "failure", code]);
      expect(completion?.message, name).toMatch(words);
      expect([name, asked(index + 1)]).toEqual([name, requests]);
    }
    // Row 32: the prompt goes to nobody who was not named.
    expect(records.at(-1)?.completion).toMatchObject({ kind: "failure", code: "redirect-refused" });
    expect([asked(CASES), stranger]).toEqual([1, 0]);

    const missing = faults.length + 1;
    expect(counts()).toMatchObject({ passed: CASES - missing, failed: 0, missing });
    const { spend, counts: calls } = place.summary().run;
    expect(calls).toMatchObject({ answered: CASES - missing, failed: missing, sent: place.stub.count() });
    expect(spend.unknownAtMostUsd).toBeGreaterThan(0);
    expect(ended.stdout).toMatch(/^Cost +\$0\.000\d+ to \$0\.00\d+$/m);
  });

  it("an answer or an error that tells the key back is kept without it", async () => {
    const echoed = (secret: string) => `{"authorization": "Bearer ${secret}", "again": "${btoa(secret)}"}`;
    const ended = await run(
      (n) => (n === 1 ? { kind: "error", error: { status: 400, message: echoed(PLANTED_KEY) } } : undefined),
      [],
      { reply: ({ n }) => `${n} ${echoed(PLANTED_KEY)}` },
    );
    expect(ended.code).toBe(4);
    const texts = place
      .records()
      .flatMap(({ completion: { text, message } }) => [text, message].filter((one) => one !== undefined));
    expect(texts).toHaveLength(CASES);
    expect(texts.filter((text) => text.includes(`…${PLANTED_KEY.slice(-4)}]`))).toHaveLength(CASES);
  });

  it("row 29: an answer of 200 MB, packed to almost nothing, needs no memory", async () => {
    const targets = `[promptOnly("plain", { model: base, prompt: { user: "Say {{input}}" } })]`;
    place = await openWorkspace({ cases: 8, suite: suiteText({ targets }), stub: { misbehave: "bomb" } });
    const { process: child, finished } = place.start(["run"]);
    let mostKb = 0;
    while (child.exitCode === null) {
      try {
        const status = readFileSync(`/proc/${child.pid}/status`, "utf8");
        mostKb = Math.max(mostKb, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0));
      } catch {
        // Gone, or a system without /proc.
      }
      await wait(20);
    }
    told = await finished;
    expect(told.code).toBe(4);
    expect(place.stub.count()).toBe(8);
    expect(mostKb).toBeLessThan(300 * 1024);
  });

  it("rows 23, 31: odd text is graded as it stands, kept to the letter, and shown as escapes", async () => {
    const graders = `[jsonSchema({ type: "object" })]`;
    const suite = suiteText({
      targets: `[promptOnly("plain", { model: base, prompt: { user: "Say {{input}}" } })]`,
      graders,
    });
    place = await openWorkspace({
      cases: CASES,
      suite: suite.replace("{ anthropic", "{ jsonSchema, anthropic"),
      stub: {
        reply: () => '{"a": 1}',
        misbehave: (_, request) => ({ 1: "cut-json" as const, 2: "odd-text" as const })[numberOf(request)],
      },
    });
    for (const round of [1, 2]) {
      const ended = await again();
      expect(ended.code).toBe(0);
      expect(ended.stdout).not.toMatch(/[^\P{Cc}\n]|[\u202e\u2028]|\p{Cs}/u);
      expect(counts()).toMatchObject({ passed: CASES - 2, failed: 2, unparsed: 2, missing: 0 });
      expect(place.records()[1]?.completion.text, `round ${round}`).toBe(ODD_TEXT);
    }
    expect(place.stub.count()).toBe(CASES);
  });

  it("rows 27, 28: usage that nobody told is an estimate with a mark; another model's name is a warning, a dated one is not", async () => {
    const ended = await run((_, request) => {
      if (numberOf(request) <= 2) return { 1: "no-usage", 2: "zero-usage" }[numberOf(request)] as MisbehaviourName;
      return { kind: "answer", model: "stub-base-2026-03-17" };
    });
    expect(ended.code).toBe(0);
    const lines = place.read(`reports/${place.summary().run.id}/cases.jsonl`).trim().split("\n");
    const costs = lines.map((line) => JSON.parse(line).cost);
    expect(costs.map(({ estimated = false }) => estimated)).toEqual(costs.map((_, index) => index < 2));
    expect(costs.every(({ known, usd }) => known === true && usd > 0)).toBe(true);
    expect(place.read(`reports/${place.summary().run.id}/summary.json`)).toContain("some costs are estimates");
    expect(place.summary().run.notices.map(({ code }) => code)).toEqual(["model-id-changed"]);
    expect(ended.stdout.replace(/\s+/g, " ")).toMatch(/^(?=.*Warning words, "plain": )(?=.*stub-base-2026-03-17)/);
    // Both stand in what tells this run from others.
    const [models] = JSON.parse(place.read(`reports/${place.summary().run.id}/summary.json`)).suites;
    expect(models.provenance.models[0]).toMatchObject({
      asked: "stub-base",
      returned: ["stub-base", "stub-base-2026-03-17"],
    });
    await place.close();
    const dated = await run({ kind: "answer", model: "stub-base-2026-03-17" });
    expect(dated.code).toBe(0);
    expect(place.summary().run.notices).toEqual([]);
  });
});

describe("waits, money, keys", () => {
  it("row 1: the whole account waits as long as it was asked to, in whatever form, and says so once", async () => {
    const times: number[] = [];
    const forms = [
      "retry-after",
      "retry-after-ms",
      "retry-after-decimal",
      "retry-after-date",
      "retry-after-ms",
    ] as const;
    const ended = await run(
      (n) => {
        times.push(performance.now());
        return forms[n - 1];
      },
      ["--concurrency", "5"],
    );
    expect(ended.code).toBe(0);
    expect(counts()).toMatchObject({ passed: CASES, missing: 0 });
    expect(place.stub.count()).toBe(CASES + 5);
    // Nobody is asked for the longest of these times, whichever case was refused.
    expect((times[5] ?? 0) - (times[2] ?? 0)).toBeGreaterThan(1_400);
    const waits = place.summary().run.notices.filter(({ text }) => text.includes("as the provider asked"));
    expect(waits.map(({ text }) => text.replace(/\d+ s/, "N s"))).toEqual([
      `openai:${new URL(place.stub.url).host}:STUB_KEY: waited N s in all, as the provider asked`,
    ]);
    expect(place.summary().run.spend.unknownAtMostUsd).toBe(0);
  });

  it("row 2: a wait beyond what a run waits ends it at once, everything kept", async () => {
    let long = true;
    const ended = await run((n) => (long && n > 10 ? "retry-after-long" : undefined), ["--concurrency", "4"]);
    expect(ended.code).toBe(4);
    expect(ended.stdout.replace(/\s+/g, " ")).toContain("asked to wait 60 min; a run waits 2 min at most");
    expect(counts()).toMatchObject({ passed: 10, failed: 0, missing: CASES - 10 });
    // Who sets a deadline is told how far away it is.
    const late = await again(["--deadline", "12m"]);
    expect(late.code).toBe(4);
    expect(late.stdout.replace(/\s+/g, " ")).toContain("asked to wait 60 min; the deadline is in 11 min");
    const sent = place.stub.count();
    expect(sent).toBeLessThanOrEqual(14 + 20);
    long = false;
    expect((await again()).code).toBe(0);
    expect(place.stub.count()).toBe(sent + CASES - 10);
  });

  it.each([
    ["hard-limit", "billing_hard_limit_reached", OPENAI],
    ["billing-inactive", "billing_not_active", OPENAI],
    ["payment", "billing_error", ANTHROPIC],
    ["low-credit", "invalid_request_error", ANTHROPIC],
    ["spend-limit", "invalid_request_error", ANTHROPIC],
  ] as const)("row 5: out of money by %s: no call is tried again", async (fault, name, model) => {
    const ended = await run((n) => (n > 5 ? fault : undefined), ["--concurrency", "2"], { model });
    expect(ended.code).toBe(4);
    expect(ended.stdout.replace(/\s+/g, " ")).toContain(
      `account out of money (${name}): add credit or raise the limit`,
    );
    expect(place.stub.count()).toBeLessThanOrEqual(7);
    expect(counts()).toMatchObject({ passed: 5, failed: 0, missing: CASES - 5 });
    expect(place.summary().run.spend.unknownAtMostUsd).toBe(0);
  });

  it("rows 6, 7: a rejected key is named with four characters at most; a forbidden model ends its target", async () => {
    const rejected = await run("unauthorized", ["--concurrency", "2"]);
    expect(rejected.code).toBe(4);
    expect(rejected.stdout).toContain(`key STUB_KEY rejected (…${PLANTED_KEY.slice(-4)})`);
    expect(`${rejected.stdout}${rejected.stderr}`).not.toContain(PLANTED_KEY.slice(-5));
    expect(place.stub.count()).toBeLessThanOrEqual(2);
    await place.close();
    const forbidden = await run("forbidden", ["--concurrency", "2"]);
    expect(forbidden.code).toBe(2);
    expect(forbidden.stdout.replace(/\s+/g, " ")).toContain("does not allow stub-base with STUB_KEY");
    expect(place.stub.count()).toBeLessThanOrEqual(2);
    expect(counts()).toMatchObject({ passed: 0, failed: 0, missing: CASES });
  });
});
