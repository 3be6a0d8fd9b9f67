/** Where a suite's figures come from, and what the run was. */
import { formatCount, formatDuration, formatSpend } from "../../numbers.ts";
import type { ModelProvenance, SummaryRun } from "../../summary.ts";
import { sentence } from "../../words.ts";
import { english } from "../figures.ts";
import { html, type Markup, NOTHING } from "../markup.ts";
import type { Strings } from "../strings/strings.ts";
import { section, type View } from "../view.ts";

export function provenanceView(view: View): Markup {
  const { t, suite } = view;
  const { provenance, baseline } = suite;
  const p = t.provenance;
  const looks =
    baseline === undefined
      ? NOTHING
      : fact(
          p.looks,
          html`${p.looksText(formatCount(baseline.looks.length), formatCount(baseline.plannedLooks.length), baseline.looks.map((count) => formatCount(count)).join(", "))}`,
        );
  const models = provenance.models.map(
    ({ target, provider, asked, returned, parameters, priceAsOf, priceSource, recording }) =>
      html`<tr><th scope="row">${target}</th><td>${provider}${recording === undefined ? NOTHING : html`<small>${p.recordedText(recording)}</small>`}</td><td><code>${asked}</code></td><td>${returned.length === 0 ? html`<code>${asked}</code>` : returned.map((id) => html`<code>${id}</code> `)}</td><td>${parametersText(parameters)}</td><td>${priceAsOf ?? p.unknown}<small>${priceSource ?? ""}</small></td></tr>`,
  );
  const graders = provenance.graders.map(
    ({ name, kind, version, argsHash }) =>
      html`<tr><th scope="row">${name}</th><td>${kind}</td><td>${version}</td><td colspan="2"><code title="${argsHash}">${argsHash.slice(0, 16)}</code></td></tr>`,
  );
  const table = (head: readonly string[], rows: readonly Markup[]) =>
    html`<div class="scroll" tabindex="0"><table class="figures words"><thead><tr>${head.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead><tbody>${rows}</tbody></table></div>`;
  return section(
    view,
    "provenance",
    t.sections.provenance,
    html`<table class="facts"><tbody>${fact(p.file, html`<code>${provenance.file}</code>`)}${fact(p.dataset, html`<code>${provenance.datasetFingerprint}</code>`)}${looks}${fact(p.seeds, html`${p.seedsText}`)}</tbody></table>${table([p.target, p.provider, p.asked, p.returned, p.parameters, p.prices], models)}${table([p.grader, p.kind, p.version, p.args], graders)}`,
  );
}

function parametersText(parameters: ModelProvenance["parameters"]): string {
  const told = Object.entries(parameters ?? {}).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  return told.length === 0 ? "–" : told.join(", ");
}

function fact(name: string, value: Markup): Markup {
  return html`<tr><th scope="row">${name}</th><td>${value}</td></tr>`;
}

/** @param id unique in the page */
export function runView(run: SummaryRun, t: Strings, id = "run"): Markup {
  const p = t.provenance;
  const { counts, gitCommit, stopped, notices } = run;
  const calls = p.callsText(
    formatCount(counts.planned),
    formatCount(counts.fromLedger),
    formatCount(counts.stored),
    formatCount(counts.sent),
    formatCount(counts.retried),
    formatCount(counts.failed),
    formatCount(counts.maybePaidTwice),
  );
  const notes =
    notices.length === 0
      ? NOTHING
      : fact(
          p.notes,
          html`<ul>${notices.map(({ level, text }) => html`<li>${level}: ${english(sentence(text), t)}</li>`)}</ul>`,
        );
  return html`<section class="view run" id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${p.run} <code>${run.id}</code></h2><table class="facts"><tbody>${fact(t.started, html`<time datetime="${run.startedAt}">${run.startedAt}</time>, ${formatDuration(run.wallMs)}`)}${fact(p.command, html`<code>${run.command}</code>`)}${fact(p.commit, html`<code>${gitCommit ?? p.unknown}</code>`)}${fact(p.versions, html`gapcheck ${run.version}, Node ${run.node}`)}${fact(p.calls, html`${calls}`)}${fact(p.spend, html`${formatSpend(run.spend)}`)}${stopped === undefined ? NOTHING : fact(p.stopped, english(sentence(stopped.message), t))}${notes}</tbody></table></section>`;
}
