/** Pull requests against the baseline, through the real command: what passes, what fails, and what may not be compared. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { StubRequest } from "../../src/stub/protocols.ts";
import { caseLines, echo, openWorkspace, suiteText, type Workspace } from "./workspace.ts";

const CASES = 60;
const FILE = "reports/baseline.json";
const PLAIN = `[promptOnly("plain", { model: base, prompt: { user: "Say {{input}}" } })]`;
const NEXT = PLAIN.replace("Say {{input}}", "Please say {{input}}");
const GATE = `gate: { margin: 0.05, onInconclusive: "fail", mustPass: ["c0001"] },`;

const suite = (targets: string, more = GATE, requirement?: string) =>
  suiteText({ targets, trials: 3, more, ...(requirement === undefined ? {} : { requirement }) });
const numberOf = ({ messages }: StubRequest) => Number(/\d+/.exec(messages.at(-1)?.content ?? "")?.[0]);

/** One workspace, in which each test leaves the baseline as it found it: right on every case. A changed prompt is right on the first so many cases. */
let place: Workspace;
let whole = "";
let right = CASES;

beforeAll(async () => {
  place = await openWorkspace({
    cases: CASES,
    suite: suite(PLAIN),
    stub: {
      reply: (request) => {
        const changed = request.messages.at(-1)?.content.startsWith("Please") === true;
        return changed && numberOf(request) > right ? "no" : echo(request.messages).replace(/^Please say[-:+ ]* /, "");
      },
    },
  });
  expect((await place.run(["run"])).code).toBe(0);
  expect((await place.run(["baseline", "--update"])).stdout).toContain("written: reports/baseline.json");
  whole = place.read(FILE);
});
beforeEach(() => {
  place.write("evals/words.eval.ts", suite(PLAIN));
  place.write("datasets/words.jsonl", caseLines(CASES));
  place.write(FILE, whole);
});
afterAll(() => place.close());

interface Told {
  readonly outcome: string;
  readonly why: string;
  readonly exam: readonly { readonly text: string }[];
  readonly looks: readonly number[];
  readonly comparisons: readonly { readonly lost: number; readonly lostCases: readonly { readonly id: string }[] }[];
  readonly mustPass: readonly { readonly state: string }[];
}
function told(place: Workspace): Told {
  const { id } = place.summary().run;
  return JSON.parse(place.read(`reports/${id}/summary.json`)).suites[0].baseline;
}

describe("a pull request", () => {
  it("passes unchanged, and says the same again for nothing", async () => {
    const asked = place.stub.requests.length;
    const first = await place.run(["run", "--ci"]);
    expect(first.code).toBe(0);
    expect(first.stdout).toContain("Against the baseline: PASS");
    expect(first.stdout).toContain("The smallest true drop that these");
    const said = told(place);
    expect(said).toMatchObject({ outcome: "pass", exam: [], looks: [3], comparisons: [{ unchanged: true }] });
    const again = await place.run(["gate", "--ci", "--json"]);
    expect(JSON.parse(again.stdout).suites[0].baseline).toEqual(said);
    expect(place.stub.requests.length).toBe(asked);
  });

  it("fails where it is shown to be worse, lost cases first", async () => {
    right = 48;
    place.write("evals/words.eval.ts", suite(NEXT));
    const finished = await place.run(["run", "--ci"]);
    expect(finished.code).toBe(1);
    expect(finished.stdout).toContain("Against the baseline: FAIL");
    expect(told(place).comparisons[0]).toMatchObject({ lost: 12 });
    expect(told(place).comparisons[0]?.lostCases[0]?.id).toBe("c0049");
    // Taken for the new main, as step by step it might be: unchanged against main, and down on what was released.
    const { main, ...rest } = JSON.parse(whole);
    place.write(FILE, JSON.stringify({ ...rest, main, release: main }));
    expect((await place.run(["baseline", "--update"])).code).toBe(0);
    const crept = await place.run(["gate", "--ci"]);
    expect(crept.code).toBe(1);
    expect(crept.stdout.replace(/\s+/g, " ")).toContain('"plain" is down on the release: -20.0 points');
  });

  it("fails where a case that must pass fails, whatever the others do", async () => {
    right = 59;
    place.write(
      "evals/words.eval.ts",
      suite(NEXT.replace("Please say", "Please say:"), GATE.replace("c0001", "c0060")),
    );
    expect((await place.run(["run", "--ci"])).code).toBe(1);
    expect(told(place).why).toContain('The case "c0060" must pass');
    // Where there is nothing to hold it against, it has to pass here.
    rmSync(join(place.folder, FILE));
    for (const flags of [["gate", "--ci"], ["gate"]]) {
      const finished = await place.run(flags);
      expect(finished.code).toBe(1);
      expect(finished.stdout).toContain("Must pass: 0 cases of 1 passed, FAILED: c0060 (0/3).");
    }
  });

  it("takes further looks at all cases while nothing is shown", async () => {
    right = 59;
    place.write(
      "evals/words.eval.ts",
      suite(NEXT.replace("Please say", "Please say -"), "gate: { margin: 0.03, trials: [1, 2, 4] },"),
    );
    const { stdout } = await place.run(["plan", "--json"]);
    const [planned] = JSON.parse(stdout).suites;
    expect(planned).toMatchObject({
      toSend: 4 * CASES,
      expected: { calls: CASES },
      looks: [
        { trials: 1, chance: 1, toSend: CASES },
        { trials: 2, toSend: 2 * CASES },
        { trials: 4, toSend: 4 * CASES },
      ],
    });
    const [first, second, third] = planned.looks;
    expect(first.worst.usd).toBeLessThan(third.worst.usd);
    expect(second.chance).toBeGreaterThan(third.chance - 1e-9);
    expect((await place.run(["run", "--ci"])).code).toBe(3);
    expect(told(place)).toMatchObject({ outcome: "inconclusive", looks: [1, 2, 4] });
    expect(place.summary().run.counts).toMatchObject({ planned: 4 * CASES, answered: 4 * CASES, fromLedger: 0 });
    expect(place.records()).toHaveLength(4 * CASES);
    expect((await place.run(["gate", "--ci"])).code).toBe(3);
  });

  it("is told first where it changes the exam, and compared on the cases of both", async () => {
    const [first = "", , ...others] = caseLines(CASES).trimEnd().split("\n");
    place.write("datasets/words.jsonl", `${[...others, first.replaceAll("word 1", "word 99")].join("\n")}\n`);
    place.write("evals/words.eval.ts", suite(PLAIN, GATE, "{ quality: { atLeast: 0.5 } }"));
    const finished = await place.run(["run", "--ci"]);
    expect(finished.stdout).toContain("THIS PR CHANGES THE EXAM");
    expect(
      told(place)
        .exam.map(({ text }) => text)
        .join("\n"),
    ).toMatch(
      /1 test case is changed \("c0001"\)\n1 test case is gone \("c0002"\)[\s\S]*older than the dataset[\s\S]*requirement.quality.atLeast was 0.8 and is 0.5/,
    );
    expect(told(place)).toMatchObject({ outcome: "pass", cases: 58 });
  });

  it("row 59: is not compared under other graders or models: exit code 2 in CI, told elsewhere", async () => {
    place.write(
      "evals/words.eval.ts",
      suite(PLAIN).replace("[exactMatch()]", "[exactMatch({ extract: { lenient: wholeText() } })]"),
    );
    const strict = await place.run(["run", "--ci"]);
    expect(strict.stdout).toContain("No comparison:");
    expect(strict.code).toBe(2);
    expect((await place.run(["gate"])).code).toBe(0);
    place.write("evals/words.eval.ts", suite(PLAIN).replace("stub-base", "stub-next"));
    expect((await place.run(["run", "--ci"])).code).toBe(2);
    expect(told(place).why).toContain('the model of the best prompt is "stub-next", and was "stub-base"');
  });
});

describe("a baseline", () => {
  it("row 59: that is missing is no comparison in CI, and no matter elsewhere", async () => {
    expect((await place.run(["gate", "--ci", "--baseline", "none.json"])).code).toBe(2);
    rmSync(join(place.folder, FILE));
    const finished = await place.run(["gate", "--ci"]);
    expect(finished.code).toBe(2);
    const said = finished.stdout.replace(/\s+/g, " ");
    expect(said).toContain("there is no baseline yet");
    // Word for word what to type, and it leads out.
    const [, bought = "", written = ""] =
      /run: npx gapcheck (run [^;]+); then: npx gapcheck (baseline [^;]+);/.exec(said) ?? [];
    expect([bought, written]).toEqual(["run --all-trials --suite words", "baseline --update --suite words"]);
    expect((await place.run(written.split(" "))).code).toBe(0);
    expect((await place.run(["gate", "--ci"])).code).toBe(0);
    rmSync(join(place.folder, FILE));
    expect((await place.run(["gate"])).code).toBe(0);
  });

  it("row 59: of a later version, cut off or edited is refused with the fix", async () => {
    for (const [text, words] of [
      [whole.replace("baseline/1", "baseline/2"), "reads up to version 1"],
      [whole.slice(0, whole.length / 2), "cut off"],
      [whole.replace('"prompt":"3/3"', '"prompt":"2/3"'), "was edited"],
    ] as const) {
      place.write(FILE, text);
      const finished = await place.run(["gate"]);
      expect(finished.code).toBe(2);
      expect(finished.stderr).toContain(words);
    }
  });

  it("is frozen for a release, checked against itself, and not written from an incomplete run", async () => {
    expect((await place.run(["baseline", "--release"])).stdout).toContain("release:");
    expect(JSON.parse(place.read(FILE)).release).toEqual(JSON.parse(whole).main);
    expect((await place.run(["baseline", "--check"])).stdout).toContain("Main against itself");
    place.write("evals/words.eval.ts", suite(NEXT.replace("Please say", "Please say +")));
    const refused = await place.run(["baseline", "--update"]);
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain("180 answers are missing");
  });

  it("holds the trials of the last look, also where the first one shows enough, and no suite that is gone", async () => {
    right = CASES;
    const looks = "gate: { margin: 0.2, trials: [1, 2, 4] },";
    const targets = NEXT.replace("Please say", "Please say :");
    place.write("evals/words.eval.ts", suite(targets, looks));
    expect((await place.run(["run", "--ci"])).code).toBe(0);
    expect(told(place).looks).toEqual([1]);
    const lesser = await place.run(["baseline", "--update"]);
    expect(lesser.code).toBe(2);
    expect(lesser.stderr).toContain("holds 3 trials of each case, and 1 of them is stored now");
    expect(lesser.stderr).toContain("gapcheck run --all-trials --suite words");
    place.write(FILE, whole);
    expect((await place.run(["baseline", "--release"])).code).toBe(0);
    place.write("evals/words.eval.ts", suite(targets, looks).replace('"words"', '"renamed"'));
    expect((await place.run(["run", "--all-trials"])).code).toBe(0);
    expect((await place.run(["baseline", "--update"])).code).toBe(0);
    const { main } = JSON.parse(place.read(FILE));
    expect(main).toMatchObject([{ suite: "renamed", cases: { length: CASES } }]);
    expect(main[0].cases[0].prompt).toBe("4/4");
    // The release has it under its old name still: said, until it is frozen anew.
    const left = 'the suite "words" is gone, and the release holds it';
    expect((await place.run(["gate"])).stdout.replace(/\s+/g, " ")).toContain(left);
    expect((await place.run(["baseline", "--release"])).code).toBe(0);
    expect((await place.run(["gate"])).stdout).not.toContain("is gone");
  });
});
