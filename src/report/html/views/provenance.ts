/** Where a suite's figures come from, and what the run was. */
import { formatCount, formatDuration, formatSpend } from "../../numbers.ts";
import type { ModelProvenance, SuiteSummary, SummaryRun } from "../../summary.ts";
import { sentence } from "../../words.ts";
import { english } from "../figures.ts";
import { html, type Markup, NOTHING } from "../markup.ts";
import type { Strings } from "../strings/strings.ts";
import { type Place, section, type View } from "../view.ts";
import {
  type Fact,
  factsOfTwo,
  factTable,
  type JointFact,
  type NamedRow,
  namedTable,
  namedTableOfTwo,
} from "./facts.ts";

export function provenanceView(view: View): Markup {
  const { t, suite } = view;
  return section(
    view,
    "provenance",
    t.sections.provenance,
    html`${factTable(suiteFacts(suite, t))}${namedTable(modelHead(t), modelRows(suite, t))}${namedTable(graderHead(t), graderRows(suite))}`,
  );
}

/** @param joint facts of both runs together, that no summary has */
export function provenanceOfTwo(
  view: Place,
  before: SuiteSummary,
  after: SuiteSummary,
  joint: readonly JointFact[],
): Markup {
  const { t } = view;
  const facts = factsOfTwo(suiteFacts(before, t), suiteFacts(after, t), t, joint);
  const models = namedTableOfTwo(modelHead(t), modelRows(before, t), modelRows(after, t), t);
  const graders = namedTableOfTwo(graderHead(t), graderRows(before), graderRows(after), t);
  return section(
    view,
    "provenance",
    t.sections.provenance,
    html`<p class="lead">${t.compare.differs}</p>${facts}${models}${graders}`,
  );
}

function suiteFacts({ provenance, baseline }: SuiteSummary, t: Strings): readonly Fact[] {
  const p = t.provenance;
  const looks =
    baseline === undefined
      ? []
      : [
          {
            name: p.looks,
            value: html`${p.looksText(formatCount(baseline.looks.length), formatCount(baseline.plannedLooks.length), baseline.looks.map((count) => formatCount(count)).join(", "))}`,
          },
        ];
  return [
    { name: p.file, value: html`<code>${provenance.file}</code>` },
    { name: p.dataset, value: html`<code>${provenance.datasetFingerprint}</code>` },
    ...looks,
    { name: p.seeds, value: html`${p.seedsText}` },
  ];
}

function modelHead({ provenance: p }: Strings): readonly string[] {
  return [p.target, p.provider, p.asked, p.returned, p.parameters, p.prices];
}

function modelRows({ provenance }: SuiteSummary, { provenance: p }: Strings): readonly NamedRow[] {
  return provenance.models.map(
    ({ target, provider, asked, returned, parameters, priceAsOf, priceSource, recording }) => ({
      name: target,
      cells: [
        html`${provider}${recording === undefined ? NOTHING : html`<small>${p.recordedText(recording)}</small>`}`,
        html`<code>${asked}</code>`,
        returned.length === 0 ? html`${p.returnedNone}` : html`${returned.map((id) => html`<code>${id}</code> `)}`,
        html`${parametersText(parameters)}`,
        html`${priceAsOf ?? p.unknown}<small>${priceSource ?? ""}</small>`,
      ],
    }),
  );
}

function graderHead({ provenance: p }: Strings): readonly string[] {
  return [p.grader, p.kind, p.version, p.args];
}

function graderRows({ provenance }: SuiteSummary): readonly NamedRow[] {
  return provenance.graders.map(({ name, kind, version, argsHash }) => ({
    name,
    cells: [html`${kind}`, html`${version}`, html`<code title="${argsHash}">${argsHash.slice(0, 16)}</code>`],
  }));
}

/** In one order, whoever wrote them. */
function parametersText(parameters: ModelProvenance["parameters"]): string {
  const told = Object.entries(parameters ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  return told.length === 0 ? "–" : told.join(", ");
}

export function runView(run: SummaryRun, t: Strings): Markup {
  return html`<section class="view run" id="run" aria-labelledby="run-title"><h2 id="run-title">${t.provenance.run} <code>${run.id}</code></h2>${factTable(runFacts(run, t))}</section>`;
}

export function runsFacts(before: SummaryRun, after: SummaryRun, t: Strings): Markup {
  const facts = factsOfTwo(runFacts(before, t), runFacts(after, t), t);
  return html`<section class="view run" id="run" aria-labelledby="run-title"><h2 id="run-title">${t.compare.runs}</h2>${facts}</section>`;
}

function runFacts(run: SummaryRun, t: Strings): readonly Fact[] {
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
  const told = notices.map(({ level, text }) => html`<li>${level}: ${english(sentence(text), t)}</li>`);
  return [
    {
      name: t.started,
      value: html`<time datetime="${run.startedAt}">${run.startedAt}</time>, ${formatDuration(run.wallMs)}`,
    },
    { name: p.command, value: html`<code>${run.command}</code>` },
    { name: p.commit, value: html`<code>${gitCommit ?? p.unknown}</code>` },
    { name: p.versions, value: html`gapcheck ${run.version}, Node ${run.node}` },
    { name: p.calls, value: html`${calls}` },
    { name: p.spend, value: html`${formatSpend(run.spend).replace(" to ", () => t.to)}` },
    ...(stopped === undefined ? [] : [{ name: p.stopped, value: english(sentence(stopped.message), t) }]),
    ...(told.length === 0 ? [] : [{ name: p.notes, value: html`<ul>${told}</ul>` }]),
  ];
}
