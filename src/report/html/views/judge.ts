/** What is known of the judges: how often they could not tell; what was not measured is said to be so. */
import { formatCount, formatShare } from "../../numbers.ts";
import { html, type Markup } from "../markup.ts";
import { section, type View } from "../view.ts";

export function judgeView(view: View): Markup {
  const { t, suite, run } = view;
  const judges = suite.provenance.graders.filter(({ kind }) => kind === "judge");
  if (judges.length === 0) return section(view, "judge", t.sections.judge, html`<p class="note">${t.judge.none}</p>`);
  const { judgeCalls } = run;
  const calls =
    judgeCalls === undefined
      ? html``
      : html`<tr><th scope="row">${t.judge.calls}</th><td>${t.judge.callsText(formatCount(judgeCalls.sent), formatCount(judgeCalls.fromLedger), formatCount(judgeCalls.failed))}</td></tr>`;
  const rows = judges.map(({ name, version, argsHash }) => {
    const { asked, open } = view.totals?.graded.get(name) ?? { asked: 0, open: 0 };
    const share = asked === 0 ? t.unmeasured : t.judge.cannotText(formatShare(open / asked), formatCount(asked));
    return html`<tr><th scope="row">${t.judge.grader}</th><td><b>${name}</b>, ${t.judge.version} ${version}</td></tr><tr><th scope="row">${t.judge.cannot}</th><td>${share}</td></tr><tr><th scope="row">${t.judge.rubric}</th><td><code>${argsHash}</code></td></tr>`;
  });
  const open = [t.judge.agreement, t.judge.canaries, t.judge.swaps].map(
    (name) => html`<tr><th scope="row">${name}</th><td class="none">${t.judge.notMeasured}</td></tr>`,
  );
  return section(
    view,
    "judge",
    t.sections.judge,
    html`<table class="facts"><tbody>${rows}${calls}${open}</tbody></table>`,
  );
}
