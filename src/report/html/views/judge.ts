/** What is known of the judges: what they were asked, whether they can be steered, who they are; what was not measured is said to be so. */
import type { Agreement, JudgeReport, SpeakingAnswers } from "../../../decide/decision.ts";
import { formatKappa } from "../../judges-view.ts";
import { formatCount, formatShare } from "../../numbers.ts";
import type { SuiteSummary, SummaryRun } from "../../summary.ts";
import { html, type Markup } from "../markup.ts";
import type { PageTotals } from "../page-data.ts";
import type { Strings } from "../strings/strings.ts";
import { section, type View } from "../view.ts";
import { type Fact, factTable } from "./facts.ts";

/** One suite of one run. */
export interface Judged {
  readonly suite: SuiteSummary;
  readonly run: SummaryRun;
  readonly totals?: PageTotals | undefined;
}

export function judgeView(view: View): Markup {
  const facts = judgeFacts(view, view.t);
  const body = facts.length === 0 ? html`<p class="note">${view.t.judge.none}</p>` : factTable(facts);
  return section(view, "judge", view.t.sections.judge, body);
}

/** Empty where nothing was judged. */
export function judgeFacts({ suite, run, totals }: Judged, t: Strings): readonly Fact[] {
  const told = suite.decision.judges;
  // A summary of before knows its judges by kind alone.
  const judges = suite.provenance.graders.filter(({ name, kind }) =>
    told === undefined ? kind === "judge" : told.graders.some(({ grader }) => grader === name),
  );
  if (judges.length === 0) return [];
  const { judgeCalls } = run;
  const calls =
    judgeCalls === undefined
      ? []
      : [
          fact(
            t.judge.calls,
            t.judge.callsText(
              formatCount(judgeCalls.sent),
              formatCount(judgeCalls.fromLedger),
              formatCount(judgeCalls.failed),
            ),
          ),
        ];
  const known = judges.flatMap(({ name, version, argsHash }): Fact[] => {
    const { asked, open } = totals?.graded.get(name) ?? { asked: 0, open: 0 };
    const share = asked === 0 ? t.unmeasured : t.judge.cannotText(formatShare(open / asked), formatCount(asked));
    const report = told?.graders.find(({ grader }) => grader === name);
    return [
      { name: t.judge.grader, value: html`<b>${name}</b>, ${t.judge.version} ${version}` },
      ...(report === undefined ? [] : reportFacts(report, t)),
      fact(t.judge.cannot, share),
      { name: t.judge.rubric, value: html`<code>${argsHash}</code>` },
      ...(report?.canaries === undefined ? [missing(t.judge.canaries, t)] : []),
    ];
  });
  const speaking = told === undefined ? [] : speakingFacts(told.speaking, t);
  const unmeasured = told === undefined ? [missing(t.judge.agreement, t)] : [];
  return [...known, ...calls, ...speaking, ...unmeasured, fact(t.judge.swaps, t.judge.noPairs)];
}

function fact(name: string, text: string): Fact {
  return { name, value: html`${text}` };
}

function missing(name: string, t: Strings): Fact {
  return { name, value: html`<span class="none">${t.judge.notMeasured}</span>` };
}

function agreementFacts(agreement: Agreement | undefined, t: Strings): readonly Fact[] {
  if (agreement === undefined) return [fact(t.judge.agreement, t.judge.neverCalibrated)];
  const { labelled, compared, agreed, noLabel, ruled, open, raw, kappa, byLabel, byTarget } = agreement;
  const left = t.judge.leftText(formatCount(labelled), ...pair(noLabel, ruled), formatCount(open));
  if (!raw.available) return [fact(t.judge.agreement, t.judge.neverCalibrated), fact(t.judge.left, left)];
  const beyond = kappa.available
    ? t.judge.kappaText(formatKappa(kappa.value), formatKappa(kappa.lower), formatKappa(kappa.upper))
    : t.judge.noKappa;
  const labels = byLabel.map(({ label, people, agreed: same }) => t.judge.shareText(label, ...pair(same, people)));
  const targets = byTarget.map(({ target, compared: n, agreed: same }) => t.judge.shareText(target, ...pair(same, n)));
  return [
    fact(t.judge.agreement, t.judge.agreementText(...pair(agreed, compared), formatShare(raw.value), beyond)),
    fact(t.judge.byLabel, labels.join("; ")),
    ...(targets.length === 0 ? [] : [fact(t.judge.byTarget, targets.join("; "))]),
    fact(t.judge.left, left),
    fact(t.judge.required, requiredText(agreement, t)),
  ];
}

function requiredText({ needed, lower, enough }: Agreement, t: Strings): string {
  if (needed === undefined) return t.judge.notRequired;
  return t.judge.requiredText(formatKappa(needed), lower === undefined ? "-" : formatKappa(lower), enough);
}

function pair(a: number, b: number): [string, string] {
  return [formatCount(a), formatCount(b)];
}

function reportFacts({ judges, answers, canaries, agreement }: JudgeReport, t: Strings): readonly Fact[] {
  const models = judges.map(({ model, family }) => `${model}, ${family ?? t.judge.unknownFamily}`).join("; ");
  const { judged, spared, ruled, open } = answers;
  return [
    fact(t.judge.models, models),
    fact(
      t.judge.answers,
      t.judge.answersText(formatCount(judged), formatCount(spared), formatCount(ruled), formatCount(open)),
    ),
    ...(canaries === undefined
      ? []
      : [
          fact(
            t.judge.canaries,
            t.judge.canariesText(formatCount(canaries.passed.length), formatCount(canaries.asked)),
          ),
        ]),
    ...agreementFacts(agreement, t),
  ];
}

function speakingFacts(speaking: readonly SpeakingAnswers[], t: Strings): readonly Fact[] {
  if (speaking.length === 0) return [fact(t.judge.speaking, t.judge.speakingNone)];
  return speaking.map(({ target, answers, signs, cases }) => {
    const told = signs.map(({ sign, answers: count }) => `${t.judge.signs[sign] ?? sign} ${formatCount(count)}`);
    return fact(
      t.judge.speaking,
      t.judge.speakingText(target, formatCount(answers), told.join(", "), cases.join(", ")),
    );
  });
}
