import { describe, expect, it } from "vitest";
import type { Estimate, GateResult } from "../../decide/decision.ts";
import type { VerdictKind } from "../../suite/requirement.ts";
import { decisions, summaryOf } from "../decisions.test-data.ts";
import { framesOf, renderPage } from "./page.ts";
import { everySummary, HOSTILE, withEverything } from "./pages.test-data.ts";
import { en } from "./strings/en.ts";
import { zh } from "./strings/zh.ts";

/** What a reader sees, without the page's style, data and script. */
const bodyOf = (page: string) => /<body>(.*?)<script type="application/s.exec(page)?.[1] ?? "";

describe("the page", () => {
  it("is the same bytes for the same data", () => {
    expect(renderPage(everySummary(), undefined, en)).toBe(renderPage(everySummary(), undefined, en));
  });

  it.each(Object.entries(decisions))(
    "has verdict, reasons and figures of %s, and no figure that is none",
    (_, decision) => {
      const body = bodyOf(renderPage(summaryOf([decision]), undefined, en));
      expect(body).toContain(en.verdicts[decision.verdict.kind]);
      expect(body).not.toMatch(/NaN|undefined|\[object|Infinity/);
      for (const name of ["why", "gap", "missing", "judge", "provenance"])
        expect(body).toContain(`id="suite-1-${name}"`);
    },
  );

  it.each([en, zh])("says why the gate passes where nothing is settled, and only there: $lang", (t) => {
    const body = (kind: VerdictKind, outcome: GateResult["outcome"]) => {
      const { keepPrompting } = decisions;
      if (keepPrompting === undefined) throw new Error("no decision");
      const verdict = { ...keepPrompting.verdict, kind, reasons: [] };
      const summary = summaryOf([{ ...keepPrompting, verdict }]);
      const suites = summary.suites.map((suite) => ({ ...suite, gate: { ...suite.gate, outcome } }));
      return bodyOf(renderPage({ ...summary, suites }, undefined, t));
    };
    expect(body("INCONCLUSIVE", "pass")).toContain(`<dd>${t.outcomes.pass} <small>${t.strip.letPass}</small></dd>`);
    expect(body("INCONCLUSIVE", "inconclusive")).not.toContain(t.strip.letPass);
    expect(body("KEEP_PROMPTING", "pass")).not.toContain(t.strip.letPass);
  });

  it("tells a cost in the strip in the digits that its table has", () => {
    const decision = withEverything();
    const usdPer1k: Estimate = {
      ...{ available: true as const, value: 0.38842, unit: "usd-per-1k" as const, n: 200, method: "bootstrap" },
      interval: { lower: 0.38601, upper: 0.39104, confidence: 0.95 },
    };
    const measures = decision.measures.map((one) => ({ ...one, usdPer1k }));
    const body = bodyOf(renderPage(summaryOf([{ ...decision, measures }]), undefined, en));
    expect(body).toContain('<span class="pair">$0.388 <small>');
    expect(body).toContain("<b>$0.388</b><small>$0.386 to $0.391");
  });

  it.each([en, zh])("says in each cell of the rules whose it is, for a page too narrow for heads: $lang", (t) => {
    const decision = withEverything();
    const body = bodyOf(renderPage(summaryOf([decision]), undefined, t));
    const [table = ""] = /<table class="figures heat">.*?<\/table>/s.exec(body) ?? [];
    const heads = [...table.matchAll(/<th scope="col">([^<]*)/g)].map(([, name]) => name).slice(1);
    const [row = ""] = /<tr class="grader">.*?<\/tr>/s.exec(table) ?? [];
    expect([...row.matchAll(/data-name="([^"]*)"/g)].map(([, name]) => name)).toEqual(heads);
    expect(heads.length).toBeGreaterThan(2);
    // Texts of the drawer stand below each other there.
    expect(t.client.words).toMatch(/\{0\}.*\{1\}/);
    expect(t.client.words).not.toMatch(/left|right|左|右/);
  });

  it.each([en, zh])("invents no model that was returned where none was: $lang", (t) => {
    const summary = summaryOf([withEverything()]);
    const suites = summary.suites.map(({ provenance, ...suite }) => ({
      ...suite,
      provenance: { ...provenance, models: provenance.models.map((one) => ({ ...one, asked: "mX", returned: [] })) },
    }));
    const body = bodyOf(renderPage({ ...summary, suites }, undefined, t));
    expect(body).toContain(`<td><code>mX</code></td><td>${t.provenance.returnedNone}</td>`);
  });

  it.each(["format-first", "cheaper-first", "never-pays", "too-dear"] as const)(
    "%s: does not say that prompting is enough",
    (code) => {
      const { keepPrompting } = decisions;
      if (keepPrompting === undefined) throw new Error("no decision");
      const kept = { ...keepPrompting, verdict: { ...keepPrompting.verdict, reasons: [{ code, text: "missed" }] } };
      for (const t of [en, zh]) {
        const body = bodyOf(renderPage(summaryOf([kept]), undefined, t));
        expect(body).toContain(t.means[code]);
        expect(body).not.toContain(t.means.KEEP_PROMPTING);
        expect(body).toContain(t.fallsShort);
        expect(body).not.toMatch(/tone-good|✓<\/span> (Keep|继续)/);
      }
    },
  );

  it("has every view that needs no script in its markup", () => {
    const body = bodyOf(renderPage(summaryOf([withEverything()]), undefined, en));
    for (const name of ["gap", "checklist", "money"]) expect(body).toContain(`id="suite-1-${name}"`);
    expect(body).toContain("refund");
    // Both arms beside the gap: a circle and a square, each with its share in words for who cannot see them.
    const [row = ""] = /<tr class="total"><th scope="row">all cases.*?<\/tr>/s.exec(body) ?? [];
    expect(row).toMatch(/<g class="base">.*<circle.*<g class="fresh">.*<rect/s);
    expect(row).toMatch(/<title>all cases<\/title><desc>[^<]+: 9\d\.\d\u00a0%, [^<]+; [^<]+\u00a0%[^<]*<\/desc>/);
    expect(body.match(/<svg class="row/g)?.length).toBeGreaterThan(4);
    expect(body).toContain('<svg class="plot"');
  });

  it("names every drawing for who cannot see it, or takes it out of their way", () => {
    for (const page of [renderPage(everySummary(), undefined, en), renderPage(everySummary(), undefined, zh)]) {
      const drawings = [...page.matchAll(/<svg([^>]*)>(.{0,8})/gs)];
      expect(drawings.length).toBeGreaterThan(50);
      const unnamed = drawings.filter(
        ([, attributes = "", inside = ""]) =>
          !attributes.includes('aria-hidden="true"') &&
          !(attributes.includes('role="img"') && /^<title>[^<]/.test(inside)),
      );
      expect(unnamed.map(([all]) => all)).toEqual([]);
    }
  });

  it("names what a verdict on a tuned model speaks for", () => {
    const { confirmed } = decisions;
    if (confirmed === undefined) throw new Error("no decision");
    const claims = [
      { claim: { of: "checkpoint", target: "tuned" }, said: ["checkpoint “tuned”, not of a recipe", "检查点“tuned”"] },
      { claim: { of: "recipe", recipe: "lora", seeds: 5 }, said: ["recipe “lora”, by 5 seeds", "由 5 个种子"] },
    ] as const;
    for (const { claim, said } of claims) {
      const summary = summaryOf([{ ...confirmed, verdict: { ...confirmed.verdict, claim } }]);
      for (const [at, t] of [en, zh].entries()) expect(bodyOf(renderPage(summary, undefined, t))).toContain(said[at]);
    }
    const { claim: _, ...verdict } = confirmed.verdict;
    expect(bodyOf(renderPage(summaryOf([{ ...confirmed, verdict }]), undefined, en))).not.toContain("The claim is of");
  });

  it("says how many cases it has no room for, and counts those too", () => {
    const decision = withEverything();
    const summary = summaryOf([{ ...decision, trials: 3 }]);
    const [frame] = framesOf(summary);
    if (frame === undefined) throw new Error("no suite");
    const suite = { ...frame, tags: [], graders: [], items: [], cases: [] };
    const arms = frame.arms.map(() => ({ always: 4_321, mixed: 987, never: 0, open: 0 }));
    const totals = [{ cases: 5_308, arms, unstable: 1_234, unstableInBoth: 1_077, graded: new Map() }];
    const data = { suites: [suite], totals, texts: [], reduced: false };
    for (const [strings, some] of [
      [en, "room for 0 of 5,308 cases"],
      [zh, "5,308 个用例中的 0 个"],
    ] as const) {
      const body = bodyOf(renderPage(summary, data, strings));
      for (const said of [some, "cases.jsonl", "4,321", "987", "1,077", "1,234"]) expect(body).toContain(said);
    }
    const whole = {
      ...data,
      totals: [{ ...totals[0], cases: 0, arms, unstable: 0, unstableInBoth: 0, graded: new Map() }],
    };
    expect(bodyOf(renderPage(summary, whole, en))).not.toContain("has room for");
  });

  it("speaks Chinese, and marks the sentences that stay English", () => {
    const page = renderPage(everySummary(), undefined, zh);
    expect(page).toContain('<html lang="zh-Hans">');
    expect(page).toContain("继续用提示词");
    expect(page).toContain('<span lang="en">');
    expect(bodyOf(page)).not.toContain(en.sections.change);
  });

  it.each(HOSTILE)("shows %j as text wherever a name can stand", (text) => {
    const decision = withEverything();
    const [gap] = decision.gaps;
    const summary = summaryOf([
      {
        ...decision,
        suite: text,
        description: text,
        warnings: [text],
        gaps: gap === undefined ? [] : [{ ...gap, base: text, tuned: text, advice: text }],
        measures: decision.measures.map((one) => ({ ...one, target: text })),
        slices: (decision.slices ?? []).map((slice) => ({ ...slice, name: text })),
      },
    ]);
    const page = renderPage(summary, undefined, en);
    const clean = renderPage(summaryOf([decision]), undefined, en);
    expect(page.match(/<script/g)).toHaveLength(2);
    const tags = (one: string) => new Set([...bodyOf(one).matchAll(/<([a-z0-9]+)/g)].map(([, name]) => name));
    expect([...tags(page)].filter((name) => !tags(clean).has(name))).toEqual([]);
  });

  it("compares the best prompt with the tuned target at first", () => {
    expect(framesOf(summaryOf([withEverything()]))[0]).toMatchObject({ name: "everything", base: 0 });
  });
});
