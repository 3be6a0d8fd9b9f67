import { describe, expect, it } from "vitest";
import { compareRuns, gradersDiffer } from "../src/decide/run-comparison.ts";
import { decisions, summaryOf } from "../src/report/decisions.test-data.ts";
import { tallyOf } from "../src/report/html/client/case-outcome.js";
import { type ComparedRuns, renderComparison } from "../src/report/html/compare-page.ts";
import { restingOn } from "../src/report/html/compare-view.ts";
import { mergeSuites } from "../src/report/html/merge-runs.ts";
import { framesOf } from "../src/report/html/page.ts";
import type { Mark, PageCase, PageSuite } from "../src/report/html/page-data.ts";
import { HOSTILE, withEverything } from "../src/report/html/pages.test-data.ts";
import { en } from "../src/report/html/strings/en.ts";
import type { Strings } from "../src/report/html/strings/strings.ts";
import { zh } from "../src/report/html/strings/zh.ts";
import type { Summary } from "../src/report/summary.ts";

const bodyOf = (page: string) => /<body>(.*?)<script type="application/s.exec(page)?.[1] ?? "";

function pageSuite(summary: Summary, marks: (at: number) => string): PageSuite {
  const [frame] = framesOf(summary);
  if (frame === undefined) throw new Error("no suite");
  const arm = (at: number) => ({
    t: [...marks(at)].map((mark) => ({ n: 1, s: mark as Mark, l: mark as Mark })),
  });
  const cases = Array.from(
    { length: 40 },
    (_, at): PageCase => ({
      ...{ id: `case-${at}`, split: "test", tags: [], fingerprint: "f", arms: frame.arms.map(() => arm(at)) },
    }),
  );
  return { ...frame, tags: [], graders: [], items: [], cases };
}

/** Two runs of one suite; of forty cases ten got worse, and one lacks an answer now. */
function twoRuns(t: Strings, change: (second: Summary) => Summary = (second) => second): ComparedRuns {
  const first = summaryOf([withEverything()]);
  const second = change(summaryOf([{ ...withEverything(), trials: 5 }]));
  const [before, after] = [first, second].map(({ suites, run }) => ({ suite: suites[0], run }));
  if (before?.suite === undefined || after?.suite === undefined) throw new Error("no suite");
  const both = { before: { ...before, suite: before.suite }, after: { ...after, suite: after.suite } };
  const mine = pageSuite(first, () => "ppp");
  const other = pageSuite(second, (at) => (at < 10 ? "fff" : at === 10 ? "ppm" : "ppp"));
  const merged = mergeSuites(mine, other, t.compare, [], restingOn(both.before.suite, both.after.suite));
  if (merged === undefined) throw new Error("nothing in common");
  const targets = merged.targets.map((target, at) => ({
    target,
    difference: compareRuns(
      merged.suite.cases.map(({ id, arms }) => ({
        ...{ before: tallyOf(arms[2 * at]), after: tallyOf(arms[2 * at + 1]), weight: 1, cluster: id },
      })),
    ),
  }));
  const suites = [{ ...both, found: { compared: true as const, merged, targets } }];
  return {
    first,
    second,
    suites,
    texts: [],
    reduced: false,
    pages: { before: "../a/report.html", after: "report.html" },
  };
}

describe("the page of two runs", () => {
  it.each([en, zh])("has the views of a run, for both: $lang", (t) => {
    const body = bodyOf(renderComparison(twoRuns(t), t));
    const views = [
      "why",
      "change",
      "gap",
      "requirements",
      "cases",
      "stability",
      "checklist",
      "money",
      "missing",
      "judge",
    ];
    for (const name of [...views, "provenance"]) expect(body).toContain(`id="suite-1-${name}"`);
    expect(body).not.toMatch(/NaN|undefined|\[object|Infinity/);
    expect(body.match(/class="verdict"/g)).toHaveLength(2);
    for (const said of [t.compare.own, t.compare.noMoney, t.compare.gapUntold, 'href="../a/report.html"'])
      expect(body).toContain(said);
    expect(body).toContain("3 → 5");
    const unnamed = [...body.matchAll(/<svg([^>]*)>(.{0,8})/gs)].filter(
      ([, attributes = "", inside = ""]) =>
        !attributes.includes('aria-hidden="true"') &&
        !(attributes.includes('role="img"') && /^<title>[^<]/.test(inside)),
    );
    expect(unnamed).toEqual([]);
  });

  it("tells the change with its interval, and what missing answers leave open of it", () => {
    const body = bodyOf(renderComparison(twoRuns(en), en));
    expect(body).toMatch(/change of “[^”]+”<\/p><p class="figure">-25\.0/);
    expect(body).toContain("worse 10 · better 0");
    expect(body).toMatch(/against the later run, and with all for it, the change is -25\.8 to -25\.0 points/);
  });

  it.each([en, zh])("states what is missing, and its bounds, right below the change: $lang", (t) => {
    const body = bodyOf(renderComparison(twoRuns(t), t));
    const [strip = ""] = /<div class="moved">.*?<p class="note">/s.exec(body) ?? [];
    const range = t.points(`-25.8${t.to}-25.0`);
    // A trial of each target is missing after; no case is.
    expect(strip.split(t.compare.missing("40", "40", "0", "1", range))).toHaveLength(3);
    expect(strip).toMatch(/<p class="figure">-25\.0.*?<p class="range open">/s);
  });

  it("draws the gap of each run on one scale", () => {
    const body = bodyOf(renderComparison(twoRuns(en), en));
    const [gap = ""] = /<section class="view gap".*?<\/section>/s.exec(body) ?? [];
    expect(gap.match(/<small class="run">before<\/small>/g)?.length).toBeGreaterThan(1);
    expect(gap.match(/<small class="run">before<\/small>/g)?.length).toBe(
      gap.match(/<small class="run">after<\/small>/g)?.length,
    );
  });

  it("marks what differs of where the figures come from, and nothing else", () => {
    const same = bodyOf(renderComparison(twoRuns(en), en));
    const provenance = (body: string) => /<section class="view provenance".*?<\/section>/s.exec(body)?.[0] ?? "";
    expect(provenance(same)).not.toContain('class="differs"');
    const other = twoRuns(en, (second) => ({
      ...second,
      suites: second.suites.map((suite) => ({
        ...suite,
        provenance: {
          ...suite.provenance,
          datasetFingerprint: "another",
          models: suite.provenance.models.map((model, at) =>
            at === 0 ? { ...model, returned: ["served another"] } : model,
          ),
        },
      })),
    }));
    const found = provenance(bodyOf(renderComparison(other, en)));
    // The dataset before and after, and the model that came back.
    expect(found.match(/class="differs"/g)).toHaveLength(4);
    expect(found).toContain("served another");
  });

  it("says why a suite is not compared, in either language, and still shows both verdicts", () => {
    const why = gradersDiffer(["steps", "tone"]) ?? "";
    for (const t of [en, zh]) {
      const runs = twoRuns(t);
      const suites = runs.suites.map((one) => ({ ...one, found: { compared: false as const, why } }));
      const body = bodyOf(renderComparison({ ...runs, suites }, t));
      expect(body).toContain(
        t === en ? "Graders differ (&quot;steps&quot; and &quot;tone&quot;)" : "评分器不同（“steps”、“tone”）",
      );
      expect(body.match(/class="verdict"/g)).toHaveLength(2);
      expect(body).not.toContain('class="case-table"');
    }
  });

  it("names suites that one run lacks", () => {
    const runs = twoRuns(en);
    const { confirmed } = decisions;
    if (confirmed === undefined) throw new Error("no decision");
    const second = {
      ...runs.second,
      suites: [...runs.second.suites, ...summaryOf([{ ...confirmed, suite: "late" }]).suites],
    };
    expect(bodyOf(renderComparison({ ...runs, second }, en))).toContain("Suites of the later run alone: late.");
  });

  it.each(HOSTILE)("shows %j as text wherever a name can stand", (text) => {
    const named = (summary: Summary): Summary => ({
      ...summary,
      run: { ...summary.run, id: text, command: text },
      suites: summary.suites.map((suite) => ({
        ...suite,
        decision: { ...suite.decision, suite: text, warnings: [text] },
      })),
    });
    const page = renderComparison(twoRuns(en, named), en);
    expect(page.match(/<script/g)).toHaveLength(2);
    const tags = (one: string) => new Set([...bodyOf(one).matchAll(/<([a-z0-9]+)/g)].map(([, name]) => name));
    const clean = tags(renderComparison(twoRuns(en), en));
    expect([...tags(page)].filter((name) => !clean.has(name) && name !== "ul" && name !== "li")).toEqual([]);
  });
});
