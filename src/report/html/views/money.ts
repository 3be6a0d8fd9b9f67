/** What each arm costs and how long it takes against what it gets right; and when tuning has paid for itself. */
import type { Decision, MaybeEstimate, TargetMeasure } from "../../../decide/decision.ts";
import type { MoneyFound } from "../../../decide/money-contract.ts";
import { moneySentences } from "../../money-view.ts";
import { formatCount, formatMs, formatShare, formatUsd } from "../../numbers.ts";
import { sentence } from "../../words.ts";
import { lines } from "../charts/lines.ts";
import { paretoFront } from "../charts/pareto.ts";
import { scaleOver } from "../charts/scale.ts";
import { type ArmSpot, scatter } from "../charts/scatter.ts";
import { english, figureCell } from "../figures.ts";
import { html, type Markup, NOTHING } from "../markup.ts";
import { pairOf, section, type View } from "../view.ts";

export function moneyView(view: View): Markup {
  const { t, suite } = view;
  const { decision } = suite;
  const arms = decision.measures.filter(({ split }) => split === "test");
  const costs = spotsOf(arms, ({ usdPer1k }) => usdPer1k, decision);
  const times = spotsOf(arms, ({ medianMs }) => medianMs, decision);
  const drawn = [
    chart(costs, t.money.cost, (tick) => shortUsd(tick), view),
    chart(times, t.money.latency, (tick) => formatMs(tick, { bare: true }), view),
  ].filter(({ markup }) => markup !== "");
  const body =
    drawn.length === 0
      ? html`<p class="note">${t.money.none}</p>`
      : html`<p class="lead">${t.money.lead}</p><div class="charts">${drawn}</div>${armTable(arms, costs, view)}`;
  return section(view, "money", t.sections.money, html`${body}${breakEven(decision, view)}`);
}

function shortUsd(value: number): string {
  return value === 0 ? "$0" : formatUsd(value).replace(/\.00$/, "");
}

function spotsOf(
  arms: readonly TargetMeasure[],
  x: (arm: TargetMeasure) => MaybeEstimate,
  decision: Decision,
): readonly ArmSpot[] {
  const { base, fresh } = pairOf(decision);
  return arms.flatMap((arm, at) => {
    const cost = x(arm);
    const { strict, target } = arm;
    if (!cost.available || !strict.available) return [];
    const as = target === base ? "base" : target === fresh ? "fresh" : "other";
    return [{ name: target, x: cost.value, y: strict.value, number: at + 1, arm: as } as const];
  });
}

function chart(spots: readonly ArmSpot[], title: string, xText: (tick: number) => string, { t }: View): Markup {
  if (spots.length === 0) return NOTHING;
  const frame = {
    x: scaleOver([0, ...spots.map(({ x }) => x)], 5),
    y: scaleOver([...spots.map(({ y }) => y), 1], 5),
    xText,
    yText: (tick: number) => formatShare(tick, { bare: true }),
    xTitle: title,
    yTitle: t.money.right,
    label: `${t.money.right}, ${title}: ${spots.map(({ number, name }) => `${number} ${name}`).join(", ")}`,
  };
  return scatter(frame, spots);
}

function armTable(arms: readonly TargetMeasure[], costs: readonly ArmSpot[], { t, suite }: View): Markup {
  const front = new Set(paretoFront(costs).map(({ name }) => name));
  const { base, fresh } = pairOf(suite.decision);
  const rows = arms.map((arm, at) => {
    const as = arm.target === base ? "base" : arm.target === fresh ? "fresh" : "other";
    const best = front.has(arm.target) ? html` <small class="chip">${t.money.pareto}</small>` : NOTHING;
    const cells = [arm.strict, arm.usdPer1k, arm.usdPerSuccess, arm.medianMs, arm.p95Ms].map(
      (one) => html`<td>${figureCell(one, t)}</td>`,
    );
    return html`<tr><th scope="row"><span class="key ${as}">${at + 1}</span> ${arm.target}${best}</th>${cells}</tr>`;
  });
  return html`<div class="scroll" tabindex="0"><table class="figures"><thead><tr><th scope="col">${t.money.arm}</th><th scope="col">${t.money.right}</th><th scope="col">${t.money.perK}</th><th scope="col">${t.money.perSolved}</th><th scope="col">${t.money.median}</th><th scope="col">${t.money.p95}</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}

function breakEven({ money }: Decision, view: View): Markup {
  const { t } = view;
  if (money === undefined) return html`<p class="note">${t.money.noMoney}</p>`;
  const said = html`<ul>${moneySentences(money).map((text) => html`<li>${english(sentence(text), t)}</li>`)}</ul>`;
  const drawn = money.available
    ? html`<div class="charts">${balance(money, view)}${volumeTable(money, view)}</div>`
    : NOTHING;
  return html`<h4>${t.money.breakEven}</h4>${drawn}${said}`;
}

function balance(money: MoneyFound, { t }: View): Markup {
  const { volumes, horizonMonths } = money;
  const all = volumes.flatMap(({ balance: months }) => months);
  if (all.length === 0) return NOTHING;
  const frame = {
    x: scaleOver([0, horizonMonths], 6),
    y: scaleOver([0, ...all], 6),
    xText: (tick: number) => formatCount(tick),
    yText: thousands,
    xTitle: t.money.month,
    yTitle: t.money.balance,
    label: `${t.money.breakEven}: ${volumes.map(({ volume }) => t.money.volumes[volume]).join(", ")}`,
  };
  return lines(
    frame,
    volumes.map(({ volume, balance: months }) => ({
      name: t.money.volumes[volume],
      points: months.map((value, at) => [at + 1, value] as const),
    })),
  );
}

function thousands(value: number): string {
  const size = Math.abs(value);
  const sign = value < 0 ? "−" : "";
  if (size >= 1e6) return `${sign}$${Number((size / 1e6).toPrecision(3))}M`;
  if (size >= 1e3) return `${sign}$${Number((size / 1e3).toPrecision(3))}k`;
  return `${sign}$${Number(size.toPrecision(3))}`;
}

function volumeTable({ volumes }: MoneyFound, { t }: View): Markup {
  const month = (one: MoneyFound["volumes"][number]["staysPositiveFrom"]) =>
    one.available ? `${t.money.month} ${formatCount(one.month)}` : t.money.never;
  const rows = volumes.map(
    (one) =>
      html`<tr><th scope="row">${t.money.volumes[one.volume]}</th><td>${formatCount(one.requestsInMonth1)}</td><td><b>${month(one.staysPositiveFrom)}</b><small>${month(one.worst.staysPositiveFrom)}${t.to}${month(one.best.staysPositiveFrom)}</small></td><td>${formatUsd(one.balance.at(-1) ?? 0)}</td></tr>`,
  );
  return html`<div class="scroll" tabindex="0"><table class="figures narrow"><thead><tr><th scope="col">${t.money.volume}</th><th scope="col">${t.money.requests}</th><th scope="col">${t.money.paysFrom}</th><th scope="col">${t.money.atEnd}</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}
