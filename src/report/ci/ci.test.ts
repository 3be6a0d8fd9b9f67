import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { failedBaseline } from "../baseline-result.test-data.ts";
import { confirmed, decisions, keepPrompting, summaryOf } from "../decisions.test-data.ts";
import { renderMarkdown } from "../markdown.ts";
import { tablesOf } from "../markdown-tables.test-data.ts";
import { VERDICT_WORDS } from "../words.ts";
import { type LocatedCriterion, MOST_ANNOTATIONS, renderAnnotations } from "./annotations.ts";
import { renderComment } from "./comment.ts";
import { renderCtrf } from "./ctrf.ts";
import { MOST_BYTES, renderFailedJobSummary, renderJobSummary } from "./job-summary.ts";
import { renderJunit } from "./junit.ts";
import { renderFailedStepOutput, renderStepOutput } from "./step-output.ts";
import { xmlText } from "./xml-text.ts";

function criterion(changes: Partial<LocatedCriterion> = {}): LocatedCriterion {
  return {
    suite: "tickets",
    name: "quality, at least 90 %",
    state: "fail",
    why: "69.6 % are right",
    anchors: [],
    file: "evals/tickets.eval.ts",
    line: 12,
    ...changes,
  };
}

describe("renderAnnotations", () => {
  it("points at the suite's line", () => {
    expect(renderAnnotations([criterion()])).toEqual([
      "::error file=evals/tickets.eval.ts,line=12,title=tickets%3A quality%2C at least 90 %25::69.6 %25 are right.",
    ]);
  });

  it("tells once what the verdict and a part say in the same words: as the part", () => {
    const why = "it is down on main";
    const verdict = criterion({ name: "verdict", line: 3, why });
    const part = criterion({ name: "no drop against main", why });
    expect(renderAnnotations([verdict, part])).toEqual(renderAnnotations([part]));
    expect(renderAnnotations([verdict, criterion({ ...part, suite: "other" })])).toHaveLength(2);
    expect(renderAnnotations([verdict, criterion()])).toHaveLength(2);
  });

  it("says nothing of what is green or let pass, and warns of what is open", () => {
    expect(renderAnnotations([criterion({ state: "pass" }), criterion({ state: "waived" })])).toEqual([]);
    expect(renderAnnotations([criterion({ state: "inconclusive" })])[0]).toMatch(/^::warning /);
  });

  it("shows ten at most, failures first, and counts the others in the tenth", () => {
    const open = Array.from({ length: 9 }, () => criterion({ state: "inconclusive" }));
    const all = [...open, ...Array.from({ length: 5 }, () => criterion())];
    const lines = renderAnnotations(all);
    expect(lines).toHaveLength(MOST_ANNOTATIONS);
    expect(lines.slice(0, 5).every((line) => line.startsWith("::error "))).toBe(true);
    expect(lines.at(-1)).toContain("::And 5 more: see the job summary.");
    expect(renderAnnotations(all.slice(0, 10))).toHaveLength(10);
  });

  it("lets no text begin a command, whatever it holds", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (name, why) => {
        const [line = ""] = renderAnnotations([criterion({ name, why: `x${why}`, file: `a${name}.ts` })]);
        expect(line).not.toMatch(/[\r\n]/);
        expect(line.match(/::/g)?.length).toBeGreaterThanOrEqual(2);
        expect(line).toMatch(/^::error file=[^,:]*,line=12,title=[^,:]*::/);
      }),
    );
  });
});

describe("renderJunit", () => {
  const all = [
    criterion({ name: "verdict", state: "pass" }),
    criterion(),
    criterion({ name: "cost", state: "inconclusive" }),
    criterion({ name: "latency", state: "waived" }),
  ];

  it("counts failures, errors and skipped ones, by suite and in all", () => {
    const text = renderJunit(all);
    expect(text).toContain('<testsuites name="gapcheck" tests="4" failures="1" errors="1" skipped="1">');
    expect(text).toContain('<testsuite name="tickets" tests="4" failures="1" errors="1" skipped="1">');
    expect(text).toContain('<failure type="fail" message="69.6 % are right.">evals/tickets.eval.ts:12</failure>');
  });

  it("holds only what XML 1.0 can hold", () => {
    expect(xmlText("a\u0000b\u001b[31m\ud800\ufffe<&\"'\n")).toBe(
      "a\ufffdb\ufffd[31m\ufffd\ufffd&lt;&amp;&quot;&apos;&#10;",
    );
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(xmlText(text)).toMatch(/^[\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]*$/u);
        expect(xmlText(text)).not.toMatch(/[<>"']/);
      }),
    );
  });
});

describe("renderCtrf", () => {
  it("sums to its tests, and calls what is open neither passed nor failed", () => {
    const criteria = [
      criterion({ state: "pass" }),
      criterion(),
      criterion({ state: "incomplete" }),
      criterion({ state: "waived" }),
    ];
    const { results } = JSON.parse(renderCtrf(criteria, { version: "0.1.0", start: 5, stop: 9 }));
    expect(results.summary).toEqual({
      tests: 4,
      suites: 1,
      passed: 1,
      failed: 1,
      pending: 0,
      skipped: 1,
      other: 1,
      start: 5,
      stop: 9,
    });
    expect(results.tests[1]).toMatchObject({ suite: ["tickets"], status: "failed", line: 12, rawStatus: "fail" });
  });
});

describe("renderStepOutput", () => {
  it("has one line for each output, whatever a suite is named", () => {
    const named = { ...keepPrompting, suite: "a=b,c\nresult=pass" };
    const text = renderStepOutput(summaryOf([named]), { exitCode: 1, report: "reports/x\ny" });
    expect(text.split("\n")).toEqual([
      "result=fail",
      "exit-code=1",
      "verdict=a%3Db%2Cc%0Aresult%3Dpass=KEEP_PROMPTING",
      "cost-usd=0.8400",
      "report=reports/x y",
      "",
    ]);
  });
});

describe("of a run that a merge queue will measure", () => {
  const deferred = { ...summaryOf([confirmed]), exitCode: 0, notMeasured: "NOT MEASURED: 37 calls, at most $0.41" };

  it("nothing says that it passed", () => {
    const markdown = renderMarkdown(deferred);
    const parts = { exitCode: 0, criteria: [], markdown };
    expect(renderStepOutput(deferred, { exitCode: 0, report: "x" })).toMatch(/^result=not-measured\nexit-code=0\n/);
    expect(renderJobSummary(deferred, parts)).toMatch(/^### gapcheck: exit code 0: not measured\n/);
    expect(markdown).toContain("Result: **exit code 0: not measured**");
    const comment = renderComment(deferred, { exitCode: 0, criteria: [], sha: "0".repeat(40) });
    expect(comment).toContain("exit code 0: not measured");
    expect(comment).toContain("**NOT MEASURED: 37 calls");
    // A disk that took no report is told first.
    expect(renderStepOutput({ ...deferred, exitCode: 4 }, { exitCode: 4, report: "" })).toMatch(/^result=incomplete\n/);
  });
});

describe("of a run that an error ended", () => {
  it("the outputs are the same, and what is not known is empty, not 0", () => {
    const names = (text: string) => text.match(/^[\w-]+(?==)/gm);
    const failed = renderFailedStepOutput(2);
    expect(failed).toBe("result=usage\nexit-code=2\nverdict=\ncost-usd=\nreport=\n");
    expect(names(failed)).toEqual(names(renderStepOutput(summaryOf([confirmed]), { exitCode: 2, report: "x" })));
  });

  it("the job summary quotes what was said, and nothing in it gets out of the quotation", () => {
    const text = renderFailedJobSummary(2, "evals/a.eval.ts:3\n  ```\n# big @everyone <img>\n");
    expect(text).toBe(
      "### gapcheck: exit code 2: usage or configuration\n\n````text\nevals/a.eval.ts:3\n  ```\n# big @everyone <img>\n````\n",
    );
    expect(Buffer.byteLength(renderFailedJobSummary(2, "世".repeat(1_000_000)))).toBeLessThan(MOST_BYTES);
  });
});

describe("renderJobSummary", () => {
  const summary = summaryOf([keepPrompting, confirmed]);
  const markdown = renderMarkdown(summary);
  const parts = { exitCode: 1, criteria: [criterion()], markdown };

  it("says first what stopped the check, then the suites, the reasons, the cost, and the report behind a fold", () => {
    const text = renderJobSummary(summary, parts);
    const at = (part: string) => {
      expect(text).toContain(part);
      return text.indexOf(part);
    };
    const order = [
      at("### gapcheck: exit code 1: gate failed, tickets: quality, at least 90 %"),
      at("| support-reply |"),
      at("(`evals/tickets.eval.ts:12`)"),
      at("- Cost "),
      at("<details>"),
      at("# gapcheck\n"),
    ];
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  it("names the lost cases of a check that does not pass, and how to see the first again, escaped", () => {
    const [one] = summary.suites;
    if (one === undefined) throw new Error("no suite");
    const suite = { ...one, gate: { ...one.gate, outcome: "fail" as const }, baseline: failedBaseline };
    const text = renderJobSummary({ ...summary, suites: [suite] }, parts);
    expect(text).toContain('"tuned" moved down:');
    expect(text).toContain("(5/5 to 0/3)");
    expect(text).toContain("npm run eval -- --suite support-reply --case '");
    expect(text).not.toMatch(/^::|<script/m);
    const green = { ...suite, gate: one.gate };
    expect(renderJobSummary({ ...summary, suites: [green] }, { ...parts, markdown: "" })).not.toContain("moved down");
    const unheld = { ...green, baseline: { ...failedBaseline, noRelease: "No comparison with the release: x." } };
    expect(renderJobSummary({ ...summary, suites: [unheld] }, { ...parts, markdown: "" })).toContain(
      "with the release",
    );
  });

  it("puts before everything what must be known first", () => {
    expect(renderJobSummary(summary, { ...parts, first: "NOT MEASURED: 37 calls, at most $0.41" })).toContain(
      "\n\n**NOT MEASURED: 37 calls, at most &#36;0.41.**\n\n",
    );
  });

  it("stays below a mebibyte, cut at a line, also in Chinese", () => {
    const long = "您好，世界。\n".repeat(200_000);
    const text = renderJobSummary(summary, { ...parts, markdown: long });
    expect(Buffer.byteLength(text)).toBeLessThan(MOST_BYTES);
    expect(text).toContain("世界。\n\nThe rest does not fit");
    expect(text.endsWith("\n</details>\n")).toBe(true);
    expect(text).not.toContain("\ufffd");
  });
});

describe("tables", () => {
  const summary = summaryOf(Object.values(decisions));
  const failing = {
    ...summary,
    suites: summary.suites.map((suite) => ({ ...suite, gate: { ...suite.gate, outcome: "fail" as const } })),
  };
  const markdown = renderMarkdown(failing);
  const texts = {
    "the job summary": renderJobSummary(failing, { exitCode: 1, criteria: [], markdown }),
    "the comment": renderComment(failing, { exitCode: 1, criteria: [], sha: "0123456789ab" }),
    "report.md": markdown,
  };

  it.each(Object.entries(texts))("of %s have a name for every cell but a row's own", (_, text) => {
    const tables = tablesOf(text);
    expect(tables.length).toBeGreaterThan(0);
    for (const { head, rows } of tables) {
      expect(
        head.slice(1).every((name) => name !== ""),
        head.join(" | "),
      ).toBe(true);
      for (const row of rows) expect(row).toHaveLength(head.length);
    }
  });

  it.each([texts["the job summary"], texts["the comment"]])("tell verdict and gate under their own names", (text) => {
    const [{ head, rows } = { head: [], rows: [] }] = tablesOf(text);
    expect(rows).toHaveLength(failing.suites.length);
    for (const [at, row] of rows.entries()) {
      expect(row[head.indexOf("verdict")]).toBe(
        VERDICT_WORDS[failing.suites[at]?.decision.verdict.kind ?? "CONFIRMED"],
      );
      expect(row[head.indexOf("gate")]).toBe("**fail**");
      expect(row[head.indexOf("change against main")]).toBe("-");
    }
  });
});
