/** Everything that a decision says has to be known in Chinese: the sources of the decision are read for their sentences, and a page of every kind of verdict is. */
import { globSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { parseAst } from "vitest/node";
import { changesOf } from "../src/commands/baseline-change.ts";
import { baselineTold } from "../src/commands/baseline-in-use.ts";
import type { BaselineSuite, BaselineTarget } from "../src/decide/baseline/contract.ts";
import { examOf } from "../src/decide/baseline/exam.ts";
import type { Decision } from "../src/decide/decision.ts";
import { decided, fineTuned, promptOnly, rightOf } from "../src/decide/trials.test-data.ts";
import { baselineText } from "../src/report/baseline-file.ts";
import { summaryOf } from "../src/report/decisions.test-data.ts";
import { renderPage } from "../src/report/html/page.ts";
import { sayInChinese, zhPhrases } from "../src/report/html/sentences/zh-book.ts";
import { zh } from "../src/report/html/strings/zh.ts";

/** Rooms of the decision that no page shows: plans and sweeps are for the terminal, methods for the Markdown. */
const ELSEWHERE =
  /\.test\.ts$|\.test-data\.ts$|\/plan-|\/sweep|\/criteria|\/halving|-contract\.ts$|\/observations\.ts$|\/checks\.ts$/;

/** Parts of the names of methods that are put together elsewhere than where they are named. */
const METHODS =
  /^(confidence sequence|ratio of sums|at the variation seen|least squares|order statistics|t by cases|CR2 by|Tango score|at the last look|paired t)/;
/** Where else what changes the exam is said. */
const EXAM = ["src/commands/baseline-change.ts", "src/commands/baseline-in-use.ts"];
/** Lists ids of cases, which stay as they are. */
const VERBATIM = [
  "and others",
  "a right answer",
  "tokens, from which on it is cached",
  "a day near",
  "just under 100",
  "just above 0",
];

interface Node {
  readonly type: string;
  readonly [key: string]: unknown;
}

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && "type" in value;

/** Errors are no sentences of a report, and names of methods stand in the Markdown alone. */
function isLeftOut(node: Node): boolean {
  if (node.type === "ImportDeclaration" || node.type === "TSTypeAliasDeclaration") return true;
  if (node.type === "NewExpression") return isNode(node.callee) && /Error$/.test(String(node.callee.name));
  return node.type === "Property" && isNode(node.key) && ["method", "cause", "by"].includes(String(node.key.name));
}

/** Runs of words, as they stand between what is put in. */
function wordsIn(node: unknown, found: string[]): string[] {
  if (Array.isArray(node)) for (const each of node) wordsIn(each, found);
  if (!isNode(node) || isLeftOut(node)) return found;
  if (node.type === "Literal" && typeof node.value === "string") found.push(node.value);
  if (node.type === "TemplateElement" && isCooked(node.value)) found.push(node.value.cooked);
  for (const value of Object.values(node)) if (typeof value === "object") wordsIn(value, found);
  return found;
}

const isCooked = (value: unknown): value is { readonly cooked: string } =>
  typeof value === "object" && value !== null && "cooked" in value && typeof value.cooked === "string";

/** Sentence by sentence, without the signs and blanks at the ends. */
function piecesOf(words: string): string[] {
  return words
    .split(/(?<=\.) |`/)
    .map((piece) => piece.replace(/^[^\p{L}\d`$]+|[^\p{L}\d`%]+$/gu, ""))
    .filter((piece) => /\p{L}{2,} \p{L}{2,}/u.test(piece) && !METHODS.test(piece) && !VERBATIM.includes(piece));
}

describe("sentences of a decision", () => {
  it("are all known in Chinese", () => {
    const book = zhPhrases.map(([english]) => english.replace(/\{\w+(?::[tnlc])?\}|`/g, "\n").toLowerCase());
    const files = globSync("src/decide/**/*.ts", { cwd: new URL("..", import.meta.url) }).filter(
      (file) => !ELSEWHERE.test(file.replaceAll("\\", "/")),
    );
    expect(files.length).toBeGreaterThan(40);
    const stillEnglish = [...files, ...EXAM].sort().flatMap((file) => {
      const source = readFileSync(new URL(`../${file}`, import.meta.url), "utf8");
      const pieces = wordsIn(parseAst(source, { lang: "ts" }), []).flatMap(piecesOf);
      const unknown = pieces.filter((piece) => !book.some((english) => english.includes(piece.toLowerCase())));
      return [...new Set(unknown)].map((piece) => `${file}: ${piece}`);
    });
    expect(stillEnglish).toEqual([]);
  });
});

const plain = [promptOnly("plain")];
const two = [...plain, fineTuned("tuned")];
const requirement = { quality: { atLeast: 0.9 } };
const beside = { quality: [{ atLeast: 0.8 }, { atLeast: 0.99, blocking: false }] };

/** One decision for each kind of reason that observations alone can bring about. */
const decisions: Readonly<Record<string, () => Decision>> = {
  "all met": () => decided({ targets: plain, requirement }, { plain: rightOf(197, 200) }),
  "one of two blocks": () => decided({ targets: plain, requirement: beside }, { plain: rightOf(180, 200) }),
  "at the threshold": () => decided({ targets: plain, requirement }, { plain: rightOf(274, 300) }),
  undecided: () => decided({ targets: plain, requirement }, { plain: rightOf(93, 100) }),
  "far off": () => decided({ targets: plain, requirement }, { plain: rightOf(140, 200) }),
  "format first": () => decided({ targets: plain, requirement }, { plain: rightOf(140, 200, "f") }),
  "format open": () =>
    decided({ targets: plain, requirement }, { plain: [...rightOf(83, 83), "f", ...rightOf(0, 16)] }),
  "nothing stated": () =>
    decided({ targets: plain, requirement, stated: { scenario: "format" } }, { plain: rightOf(140, 200) }),
  "too few": () => decided({ targets: plain, requirement }, { plain: rightOf(29, 29) }),
  missing: () => decided({ targets: plain, requirement }, { plain: [...rightOf(180, 180), ...Array(20).fill("x")] }),
  ungraded: () => decided({ targets: plain, requirement }, { plain: [...rightOf(180, 180), ...Array(20).fill("?")] }),
  "not called": () => decided({ targets: plain, requirement }, { plain: Array(60).fill("n") }),
  confirmed: () => decided({ targets: two, requirement }, { plain: rightOf(120, 200), tuned: rightOf(197, 200) }),
  misses: () => decided({ targets: two, requirement }, { plain: rightOf(120, 200), tuned: rightOf(130, 200) }),
  "open with a tune": () =>
    decided({ targets: two, requirement }, { plain: rightOf(120, 200), tuned: rightOf(186, 200) }),
  "no requirement": () =>
    decided({ targets: two, requirement: {} }, { plain: rightOf(120, 200), tuned: rightOf(197, 200) }),
};

const HASH = "0".repeat(64);
const target = (model: string, other: Partial<BaselineTarget> = {}): BaselineTarget => ({
  ...{ target: "plain", model, returned: [model], modelHash: HASH, parametersHash: HASH },
  ...other,
});
const suiteWith = (ids: readonly string[], other: Partial<BaselineSuite> = {}): BaselineSuite => ({
  ...{ suite: "words", dataset: HASH, graders: [], thresholds: {} },
  prompt: target("base"),
  tuned: target("tuned"),
  cases: ids.map((id) => ({ id, fingerprint: "a".repeat(16), prompt: [3, 3] as const })),
  ...other,
});

/** All ways in which an exam may differ, by the functions that say so. */
function examChanges(): readonly string[] {
  const head = (other: object) => ({
    identity: { suite: "words", dataset: HASH, graders: [], thresholds: {} },
    prompt: target("base"),
    tuned: target("tuned"),
    cases: ["a", "b", "c", "d", "e"].map((id, slot) => ({ id, fingerprint: "a".repeat(16), slot, critical: false })),
    ...other,
  });
  const all = ["a", "b", "c", "d", "e"];
  const changed = suiteWith(all).cases.map((one) => ({ ...one, fingerprint: "b".repeat(16) }));
  const marked = (ids: readonly string[]) => ({
    cases: suiteWith(ids).cases.map((one, at) => ({
      ...one,
      fingerprint: `${at}`.repeat(16),
      mustPass: true as const,
    })),
  });
  const grader = { kind: "checklist", version: 1, argsHash: HASH };
  const exams = [
    examOf(head({}), suiteWith(["a"]), false),
    examOf(head({}), suiteWith(["a"], marked(["a"])), false),
    examOf(head({}), suiteWith(all, marked([...all, "f"])), false),
    examOf(head({}), suiteWith(all, marked([...all, "f", "g"])), false),
    examOf(head({}), suiteWith(["x"]), false),
    examOf(head({}), suiteWith(["a", "b", "c", "d", "x"]), false),
    examOf(head({}), suiteWith([...all, "f"]), false),
    examOf(head({}), suiteWith([...all, "f", "g", "h", "i"]), false),
    examOf(head({}), suiteWith(all, { cases: changed }), false),
    examOf(head({}), suiteWith(all, { cases: changed.slice(0, 1) }), false),
    examOf(head({}), suiteWith(all, { dataset: "1".repeat(64), thresholds: { "requirement.enough": "0.8" } }), false),
    examOf(
      head({
        identity: {
          ...{ suite: "words", dataset: HASH, thresholds: {} },
          graders: [
            { name: "new", ...grader },
            { name: "other", ...grader },
          ],
        },
      }),
      suiteWith(all, {
        graders: [
          { name: "other", ...grader, version: 2 },
          { name: "gone", ...grader },
        ],
      }),
      false,
    ),
    examOf(
      head({ prompt: target("larger"), tuned: target("tuned", { modelHash: "1".repeat(64) }) }),
      suiteWith(all, { prompt: target("base", { modelHash: "1".repeat(64) }) }),
      false,
    ),
    examOf(
      head({ prompt: target("base", { returned: ["base-2", "base-3"] }), tuned: undefined }),
      suiteWith(all),
      false,
    ),
    examOf(
      head({ prompt: undefined, tuned: target("tuned", { parametersHash: "1".repeat(64) }) }),
      suiteWith(all),
      false,
    ),
  ];
  const bare = (one: BaselineSuite): BaselineSuite => {
    const { prompt: _, tuned: __, ...rest } = one;
    return rest;
  };
  const before = { main: [suiteWith(all)], release: [suiteWith(all)] };
  const main = {
    main: [suiteWith(["a", "x"], { cases: suiteWith(["a", "x"]).cases.map((one) => ({ ...one, prompt: [1, 3] })) })],
    release: [],
  };
  const keys = {
    main: [suiteWith(all, { dataset: "1".repeat(64) })],
    release: [suiteWith(all, { dataset: "1".repeat(64) })],
  };
  const pulls = [main, keys, { main: [suiteWith([...all, "f"])], release: [suiteWith(["a"])] }].flatMap((now) =>
    changesOf(baselineText(before), now, "main"),
  );
  const gone = [before, { ...before, release: [] }].flatMap(
    (baseline) =>
      baselineTold({ file: "/w/b.json", filtered: false, baseline }, [], { cwd: "/w", whole: true })?.exam ?? [],
  );
  return [
    ...[...exams, examOf(head({}), bare(suiteWith(all)), false)].flatMap(({ changes }) => changes),
    ...pulls,
    ...changesOf("{}", before, "main"),
    ...gone,
  ].map(({ text }) => text);
}

describe("what changes the exam", () => {
  it("is known in Chinese, each kind of change", () => {
    const texts = examChanges();
    expect(new Set(texts).size).toBeGreaterThan(25);
    expect(texts.filter((text) => sayInChinese(text) === undefined)).toEqual([]);
    expect(sayInChinese('4 test cases are new ("b", "c" and "d" and others)')).toBe(
      "新增 4 个测试用例（“b”、“c”、“d”、其他）",
    );
  });

  it("stands above all suites where it belongs to none", () => {
    const text = "the baseline itself differs from that of main (1 line of cases changed, 2 new)";
    const summary = { ...summaryOf([]), baseline: { file: "b.json", exam: [{ kind: "baseline" as const, text }] } };
    const page = renderPage(summary, undefined, zh);
    expect(page).toContain("基线本身与 main 分支上的不同（1 行用例有改动、新增 2 行）");
  });
});

describe("the Chinese page", () => {
  it.each(Object.keys(decisions))("has no sentence left in English: %s", (kind) => {
    const page = renderPage(summaryOf([decisions[kind]?.()].filter((one) => one !== undefined)), undefined, zh);
    const body = /<body>([\s\S]*?)<script type="application/.exec(page)?.[1] ?? "";
    expect(body.length).toBeGreaterThan(1000);
    const english = [...body.matchAll(/<span lang="en">([\s\S]*?)<\/span>/g)].map(([, text]) => text);
    // Of the run that the fixtures invent, not of any decision.
    expect(english.filter((text) => text !== "2 calls were given up after the rate limit.")).toEqual([]);
  });

  it("says a sentence with its own names and figures, and leaves alone what it does not know", () => {
    expect(sayInChinese('"a; b" is down on main: -6.2 points (95 % interval -10.4 to -2.0, 200 cases paired).')).toBe(
      "“a; b”比主干下降：-6.2 个百分点（95 % 置信区间 -10.4 至 -2.0，配对用例 200 个）。",
    );
    expect(sayInChinese("It takes 3 more test cases at least. Nobody wrote this one.")).toBeUndefined();
    expect(sayInChinese("")).toBeUndefined();
    for (const hostile of ["(".repeat(3000), '"'.repeat(3000), "a; ".repeat(1300), "quality (".repeat(400)]) {
      expect(sayInChinese(hostile)).toBeUndefined();
    }
  });

  it("uses each part of a sentence once, and no other", () => {
    const parts = (text: string) => [...text.matchAll(/\{(\w+)(?::[tnlc])?\}/g)].map(([, name]) => name).sort();
    const optional = new Set(["verb", "same"]);
    const wrong = zhPhrases.filter(([english, other]) => {
      const own = parts(english);
      const missing = own.filter((name) => !parts(other).includes(name) && !optional.has(name ?? ""));
      return missing.length > 0 || parts(other).some((name) => !own.includes(name)) || new Set(own).size < own.length;
    });
    expect(wrong.map(([english]) => english)).toEqual([]);
  });
});
