/** What is known of the judges: what they were asked, whether they can be steered, who they are; what was not measured is said to be so. */
import type { JudgeReport, SpeakingAnswers } from "../../../decide/decision.ts";
import { formatCount, formatShare } from "../../numbers.ts";
import { html, type Markup } from "../markup.ts";
import type { Strings } from "../strings/strings.ts";
import { section, type View } from "../view.ts";

export function judgeView(view: View): Markup {
  const { t, suite, run } = view;
  const told = suite.decision.judges;
  // A summary of before knows its judges by kind alone.
  const judges = suite.provenance.graders.filter(({ name, kind }) =>
    told === undefined ? kind === "judge" : told.graders.some(({ grader }) => grader === name),
  );
  if (judges.length === 0) {
    return section(view, "judge", t.sections.judge, html`<p class="note">${t.judge.none}</p>`);
  }
  const { judgeCalls } = run;
  const calls =
    judgeCalls === undefined
      ? []
      : row(
          t.judge.calls,
          t.judge.callsText(
            formatCount(judgeCalls.sent),
            formatCount(judgeCalls.fromLedger),
            formatCount(judgeCalls.failed),
          ),
        );
  const rows = judges.map(({ name, version, argsHash }) => {
    const { asked, open } = view.totals?.graded.get(name) ?? { asked: 0, open: 0 };
    const share = asked === 0 ? t.unmeasured : t.judge.cannotText(formatShare(open / asked), formatCount(asked));
    const known = told?.graders.find(({ grader }) => grader === name);
    return html`<tr><th scope="row">${t.judge.grader}</th><td><b>${name}</b>, ${t.judge.version} ${version}</td></tr>${known === undefined ? [] : knownRows(known, t)}${row(t.judge.cannot, share)}<tr><th scope="row">${t.judge.rubric}</th><td><code>${argsHash}</code></td></tr>${known?.canaries === undefined ? missing(t.judge.canaries, t) : []}`;
  });
  return section(
    view,
    "judge",
    t.sections.judge,
    html`<table class="facts"><tbody>${rows}${calls}${told === undefined ? [] : speakingRows(told.speaking, t)}${missing(t.judge.agreement, t)}${row(t.judge.swaps, t.judge.noPairs)}</tbody></table>`,
  );
}

function row(name: string, text: string): Markup {
  return html`<tr><th scope="row">${name}</th><td>${text}</td></tr>`;
}

function missing(name: string, t: Strings): Markup {
  return html`<tr><th scope="row">${name}</th><td class="none">${t.judge.notMeasured}</td></tr>`;
}

function knownRows({ judges, answers, canaries }: JudgeReport, t: Strings): Markup[] {
  const models = judges.map(({ model, family }) => `${model}, ${family ?? t.judge.unknownFamily}`).join("; ");
  const { judged, spared, ruled, open } = answers;
  return [
    row(t.judge.models, models),
    row(
      t.judge.answers,
      t.judge.answersText(formatCount(judged), formatCount(spared), formatCount(ruled), formatCount(open)),
    ),
    ...(canaries === undefined
      ? []
      : [
          row(t.judge.canaries, t.judge.canariesText(formatCount(canaries.passed.length), formatCount(canaries.asked))),
        ]),
  ];
}

function speakingRows(speaking: readonly SpeakingAnswers[], t: Strings): Markup[] {
  if (speaking.length === 0) return [row(t.judge.speaking, t.judge.speakingNone)];
  return speaking.map(({ target, answers, signs, cases }) => {
    const told = signs.map(({ sign, answers: count }) => `${t.judge.signs[sign] ?? sign} ${formatCount(count)}`);
    return row(t.judge.speaking, t.judge.speakingText(target, formatCount(answers), told.join(", "), cases.join(", ")));
  });
}
