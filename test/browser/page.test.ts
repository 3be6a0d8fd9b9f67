/** The page in a real Chromium: strangers' texts stay texts, filters and drawer work by mouse, key and address, and without a script it still says the verdict. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compareRuns } from "../../src/decide/run-comparison.ts";
import { summaryOf } from "../../src/report/decisions.test-data.ts";
import { tallyOf } from "../../src/report/html/client/case-outcome.js";
import { renderComparison } from "../../src/report/html/compare-page.ts";
import { restingOn } from "../../src/report/html/compare-view.ts";
import { mergeSuites, mergeTexts } from "../../src/report/html/merge-runs.ts";
import { framesOf, renderPage } from "../../src/report/html/page.ts";
import { everySummary, HOSTILE, line, withEverything } from "../../src/report/html/pages.test-data.ts";
import { readCases } from "../../src/report/html/read-cases.ts";
import { en } from "../../src/report/html/strings/en.ts";
import { zh } from "../../src/report/html/strings/zh.ts";
import type { Summary } from "../../src/report/summary.ts";
import { type Browser, launchBrowser } from "./browser.ts";

const folder = mkdtempSync(join(tmpdir(), "gapcheck-browser-"));
let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
}, 120_000);
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

async function written(name: string, summary: Summary, lines: readonly string[], strings = en): Promise<string> {
  const cases = join(folder, `${name}.jsonl`);
  writeFileSync(cases, lines.map((one) => `${one}\n`).join(""));
  const file = join(folder, `${name}.html`);
  writeFileSync(file, renderPage(summary, await readCases(cases, framesOf(summary)), strings));
  return file;
}

/** Of ten cases the tuned target wins three, loses two, is missing in one and is unstable in one. */
async function tenCases(name: string, strings = en): Promise<string> {
  const decision = withEverything();
  const [base = "", fresh = ""] = [decision.bestPrompt?.target, decision.tuned];
  const outcomes = ["won", "won", "won", "lost", "lost", "same", "same", "same", "error", "unstable"];
  const lines = outcomes.flatMap((outcome, at) => {
    const id = `case-${at}`;
    const parts = { suite: decision.suite, id, tags: [at % 2 === 0 ? "even" : "odd"] };
    const first = outcome === "won" ? "failed" : "passed";
    const second = outcome === "lost" ? "failed" : outcome === "error" ? "missing" : "passed";
    return [1, 2, 3].flatMap((trial) => [
      line({ ...parts, target: base, trial, outcome: first, text: `the quick answer ${at}`, item: "greets" }),
      line({
        ...{ ...parts, target: fresh, trial, text: `the slow answer ${at}`, item: "greets", itemWhy: "no hello" },
        outcome: outcome === "unstable" && trial === 2 ? "failed" : second,
      }),
    ]);
  });
  return written(name, summaryOf([decision]), lines, strings);
}

describe("strangers' texts", () => {
  it.each(HOSTILE.map((text, at) => [at, text] as const))("number %i does nothing: %j", async (at, text) => {
    const decision = withEverything();
    const arms = [decision.bestPrompt?.target ?? "", decision.tuned ?? ""];
    const named = { ...decision, description: text, warnings: [text] };
    const lines = arms.flatMap((target, side) => [
      line({
        suite: decision.suite,
        target,
        id: `${text} ${at}`,
        text,
        tags: [text],
        item: text,
        why: text,
        outcome: side === 0 ? "failed" : "passed",
      }),
    ]);
    const { page, trouble } = await browser.open(await written(`hostile-${at}`, summaryOf([named]), lines));
    await page.locator("button.show-case").first().click();
    await page.locator("dialog details summary").first().click();
    expect(await page.locator("dialog[open]").count()).toBe(1);
    expect(await page.evaluate("typeof globalThis.pwned")).toBe("undefined");
    expect(await page.evaluate("document.querySelectorAll('script').length")).toBe(2);
    expect(
      await page.evaluate(
        "document.querySelectorAll('img, iframe, object, embed, meta[http-equiv=refresh], a[href^=javascript]').length",
      ),
    ).toBe(0);
    expect(await page.evaluate("Object.prototype.toString.call({}) + Object.keys(Object.prototype).length")).toBe(
      "[object Object]0",
    );
    expect(trouble).toEqual([]);
    await page.close();
  });
});

describe("the table of cases", () => {
  const rows = "table.cases tbody tr";

  it("shows lost cases first, and filters by outcome, tag and text, with the choice in the address", async () => {
    const { page, trouble } = await browser.open(await tenCases("filters"));
    const ids = () => page.locator(`${rows} button.show-case`).allTextContents();
    expect((await ids()).slice(0, 2)).toEqual(["case-3", "case-4"]);
    expect(await page.locator(rows).count()).toBe(10);
    await page.locator("button.filter.won").click();
    expect(await ids()).toEqual(["case-0", "case-1", "case-2"]);
    expect(page.url()).toContain("f=won");
    await page.locator("button.filter.unstable").click();
    expect(await ids()).toEqual(["case-9"]);
    await page.locator("button.filter.error").click();
    expect(await ids()).toEqual(["case-8"]);
    await page.locator("button.filter").first().click();
    await page.locator("input[type=search]").fill("slow answer 5");
    expect(await ids()).toEqual(["case-5"]);
    // A colleague who gets the address sees the same.
    const again = await browser.open(page.url().replace(/^file:\/\//, ""));
    expect(await again.page.locator(`${rows} button.show-case`).allTextContents()).toEqual(["case-5"]);
    expect(trouble).toEqual([]);
    await again.page.close();
    await page.close();
  });

  it("opens a case by key, shows what differs word by word, goes on, and closes by Escape with the focus where it was", async () => {
    const { page, trouble } = await browser.open(await tenCases("keys"));
    await page.evaluate("document.querySelector('button.show-case').focus()");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("ArrowUp");
    await page.keyboard.press("Enter");
    expect(await page.locator("dialog[open] h2").textContent()).toBe("case-3");
    expect(page.url()).toContain("c=case-3");
    expect(await page.locator("dialog del").allTextContents()).toEqual(["quick"]);
    expect(await page.locator("dialog ins").allTextContents()).toEqual(["slow"]);
    // A rule that fails is told once, with what it missed.
    const grades = (await page.locator("dialog .grades").allTextContents()).join(" ");
    expect(grades.match(/greets/g)).toHaveLength(1);
    expect(grades).toContain("greets: no hello");
    await page.locator(`dialog button[title="${en.client.next}"]`).click();
    expect(await page.locator("dialog[open] h2").textContent()).toBe("case-4");
    await page.keyboard.press("Escape");
    expect(await page.locator("dialog[open]").count()).toBe(0);
    // The dialog tells that it closed in a task of its own.
    await page.evaluate(
      "new Promise((done) => { const look = () => location.hash.includes('c=') ? setTimeout(look, 20) : done(); look(); })",
    );
    expect(await page.evaluate("document.activeElement.tagName")).toBe("BUTTON");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("case-4");
    expect(trouble).toEqual([]);
    await page.close();
  });

  it("shows every rule and every trial on 360 pixels, and tells texts apart by name", async () => {
    const { page, trouble } = await browser.open(await tenCases("narrow"), { width: 360 });
    const over = "(one) => one.scrollWidth - one.clientWidth";
    expect(await page.evaluate(`[...document.querySelectorAll('.checklist .scroll')].map(${over})`)).toEqual([0]);
    // What is wider still shows by a shade at its edge that it goes on.
    const shades =
      "[...document.querySelectorAll('.scroll')].filter((one) => !getComputedStyle(one).backgroundAttachment.includes('local')).length";
    expect(await page.evaluate(shades)).toBe(0);
    await page.locator("button.show-case").first().click();
    expect(await page.locator("dialog[open] h2").textContent()).toBe("case-3");
    expect(await page.evaluate(`[...document.querySelectorAll('dialog .scroll')].map(${over})`)).toEqual([0]);
    const names = await page.evaluate<readonly string[]>(
      "[...document.querySelectorAll('dialog .trials td')].slice(0, 6).map((one) => one.dataset.name)",
    );
    const { status, finish, tokens, ms, usd, line: number } = en.client;
    expect(names).toEqual([status, finish, tokens, ms, usd, number]);
    const { bestPrompt, tuned } = withEverything();
    expect(await page.locator("dialog .answers").textContent()).toContain(
      `only in “${bestPrompt?.target}”. Underlined: only in “${tuned}”`,
    );
    expect(trouble).toEqual([]);
    await page.close();
  });

  it("is in Chinese where that is asked for", async () => {
    const { page, trouble } = await browser.open(await tenCases("chinese", zh));
    expect(await page.evaluate("document.documentElement.lang")).toBe("zh-Hans");
    expect(await page.locator("button.filter.won").textContent()).toContain(zh.client.won);
    expect(trouble).toEqual([]);
    await page.close();
  });
});

/** Two runs of five cases: one got worse, one better, one changed a little, one is new and one gone; each was asked otherwise in the later run. */
async function twoRuns(name: string, t = en): Promise<string> {
  const decision = withEverything();
  const arms = [decision.bestPrompt?.target ?? "", decision.tuned ?? ""];
  const summary = summaryOf([{ ...decision, trials: 3 }]);
  const read = async (run: string, marks: Readonly<Record<string, string>>) => {
    const file = join(folder, `${name}-${run}.jsonl`);
    const lines = Object.entries(marks).flatMap(([id, own], index) =>
      arms.flatMap((target) =>
        [...own].map((mark, at) =>
          line({
            ...{ suite: decision.suite, target, id, index, trial: at + 1, text: `the ${run} answer` },
            outcome: mark === "p" ? "passed" : "failed",
          }),
        ),
      ),
    );
    writeFileSync(file, lines.map((one) => `${one}\n`).join(""));
    return readCases(file, framesOf(summary));
  };
  const first = await read("quick", { steady: "ppp", worse: "ppp", better: "fff", wavers: "ppp", gone: "ppp" });
  const second = await read("slow", { steady: "ppp", worse: "fff", better: "ppp", wavers: "ppf", new: "ppp" });
  const { texts, moved } = mergeTexts(first, second);
  const [mine, other, suite] = [first.suites[0], second.suites[0], summary.suites[0]];
  if (mine === undefined || other === undefined || suite === undefined) throw new Error("no suite");
  const merged = mergeSuites(mine, other, t.compare, moved, restingOn(suite, suite));
  if (merged === undefined) throw new Error("nothing in common");
  const targets = merged.targets.map((target, at) => ({
    target,
    difference: compareRuns(
      merged.suite.cases
        .filter(({ left }) => left === undefined)
        .map(({ id, arms: own }) => ({
          ...{ before: tallyOf(own[2 * at]), after: tallyOf(own[2 * at + 1]), weight: 1, cluster: id },
        })),
    ),
  }));
  const one = { suite, run: summary.run };
  const suites = [{ before: one, after: one, found: { compared: true as const, merged, targets } }];
  const pages = { before: "before.html", after: "after.html" };
  const file = join(folder, `${name}.html`);
  writeFileSync(
    file,
    renderComparison({ ...{ first: summary, second: summary, suites, texts, pages }, reduced: false }, t),
  );
  return file;
}

describe("two runs", () => {
  it.each([en, zh])("are filtered by what changed, and read side by side with what differs: $lang", async (t) => {
    const { page, trouble } = await browser.open(await twoRuns(`two-${t.lang}`, t));
    const ids = () => page.locator("table.cases tbody button.show-case").allTextContents();
    expect(await ids()).toEqual(["worse", "better", "new", "gone", "wavers", "steady"]);
    for (const [kind, shown] of [
      ["lost", ["worse"]],
      ["won", ["better"]],
      ["new", ["new"]],
      ["gone", ["gone"]],
      ["edited", []],
      ["changed", ["worse", "better", "wavers"]],
    ] as const) {
      await page.locator(`button.filter.${kind}`).click();
      expect(await ids(), kind).toEqual(shown);
      expect(page.url()).toContain(`f=${kind}`);
    }
    await page.locator("table.cases tbody button.show-case").first().click();
    expect(await page.locator("dialog[open] h2").textContent()).toBe("worse");
    expect(await page.locator("dialog del").allTextContents()).toEqual(["quick", "quick"]);
    expect(await page.locator("dialog ins").allTextContents()).toEqual(["slow", "slow"]);
    // The prompt differs, so it is shown.
    expect(await page.locator("dialog details[open]").count()).toBe(1);
    expect(trouble).toEqual([]);
    await page.close();
  });

  it.each([
    [360, false],
    [1280, true],
  ])("fit %i pixels, and say what changed without a script, dark: %s", async (width, dark) => {
    const { page, trouble } = await browser.open(await twoRuns("two-fit"), { width, dark, script: false });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    const text = (await page.locator("main").textContent()) ?? "";
    expect(text).toContain(en.compare.change);
    for (const view of ["change", "gap", "checklist", "money", "provenance"]) {
      expect(await page.locator(`#suite-1-${view}`).isVisible(), view).toBe(true);
    }
    expect(trouble).toEqual([]);
    await page.close();
  });
});

describe("the page", () => {
  it("says verdict, gap, checklist and cost without a script", async () => {
    const { page, trouble } = await browser.open(await tenCases("no-script"), { script: false });
    const text = (await page.locator("main").textContent()) ?? "";
    expect(text).toContain(en.verdicts.KEEP_PROMPTING);
    for (const view of ["gap", "checklist", "money", "why"]) {
      expect(await page.locator(`#suite-1-${view}`).isVisible(), view).toBe(true);
    }
    expect(await page.locator("svg").count()).toBeGreaterThan(5);
    expect(trouble).toEqual([]);
    await page.close();
  });

  it.each([
    [360, false],
    [360, true],
    [1280, false],
    [1280, true],
  ])("fits %i pixels, dark: %s, with every kind of verdict, and is never wider", async (width, dark) => {
    const { page, trouble } = await browser.open(await written("every", everySummary(), []), { width, dark });
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    const link = "[...document.querySelectorAll('.suites a')]";
    const count = await page.evaluate<number>(`${link}.length`);
    for (let at = 0; at < count; at++) {
      await page.evaluate(`${link}[${at}].click()`);
      expect(await page.evaluate("[...document.querySelectorAll('.suite')].filter((one) => !one.hidden).length")).toBe(
        1,
      );
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
    }
    expect(trouble).toEqual([]);
    await page.close();
  });

  it("prints all suites, and reads with contrast enough in both schemes", async () => {
    const { page } = await browser.open(await written("print", everySummary(), []));
    await page.emulateMedia({ media: "print" });
    const hidden =
      "[...document.querySelectorAll('.suite')].filter((one) => getComputedStyle(one).display === 'none').length";
    expect(await page.evaluate(hidden)).toBe(0);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ media: "screen", colorScheme });
      // WCAG 2.2, 1.4.3: relative luminance of text and ground of the body, 4.5 at least.
      const ratio = await page.evaluate<number>(`(() => {
        const luminance = (color) => {
          const [r, g, b] = color.match(/[\\d.]+/g).slice(0, 3).map((part) => part / 255).map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        const ground = luminance(getComputedStyle(document.documentElement).backgroundColor);
        const texts = [...document.querySelectorAll("main p, main td, main li, main small, main h2, nav small")].filter((one) => one.offsetParent !== null);
        return Math.min(...texts.map((one) => {
          const [low, high] = [ground, luminance(getComputedStyle(one).color)].sort((a, b) => a - b);
          return (high + 0.05) / (low + 0.05);
        }));
      })()`);
      expect(ratio, colorScheme).toBeGreaterThanOrEqual(4.5);
    }
    await page.close();
  });
});
