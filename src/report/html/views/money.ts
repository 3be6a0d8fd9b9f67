/** What each arm costs and how long it takes against what it gets right; and when tuning has paid for itself. */
import type { Decision, MaybeEstimate, TargetMeasure } from "../../../decide/decision.ts";
import type { MoneyFound } from "../../../decide/money-contract.ts";
import { moneySentences } from "../../money-view.ts";
import { formatCount, formatShare, formatUsd, formatValue } from "../../numbers.ts";
import { sentence } from "../../words.ts";
import { lines } from "../charts/lines.ts";
import { paretoFront } from "../charts/pareto.ts";
import { scaleOver } from "../charts/scale.ts";
import { type ArmSpot, scatter } from "../charts/scatter.ts";
import { tickText, timeUnit } from "../charts/tick-text.ts";
import { english, figureCell } from "../figures.ts";
import { html, type Markup, NOTHING } from "../markup.ts";
import { type ArmsView, section, type View } from "../view.ts";

export function moneyView(view: View): Markup {
  const { t, suite } = view;
  const body = html`${costCharts(view, { lead: t.money.lead, joins: "front" })}${breakEven(suite.decision, view)}`;
  return section(view, "money", t.sections.money, body);
}

/** What the lines in the charts join: arms that none beats, or the arms of one target. */
export interface CostLines {
  /** Says so. */
  readonly lead: string;
  readonly joins: "front" | "targets";
}

/** Cost and latency of arms against what they get right, drawn and as a table. */
export function costCharts(view: ArmsView, { lead, joins }: CostLines): Markup {
  const { t } = view;
  const arms = view.measures.filter(({ split }) => split === "test");
  const costs = spotsOf(arms, ({ usdPer1k }) => usdPer1k, view);
  const times = spotsOf(arms, ({ medianMs }) => medianMs, view);
  const time = timeUnit(Math.max(0, ...times.map(({ x }) => x)));
  const drawn = [
    chart(costs, { title: t.money.cost, before: "$", unit: "usd", joins }, view),
    chart(times, { title: t.money.latency(time.unit), times: time.times, unit: "ms", joins }, view),
  ].filter(({ markup }) => markup !== "");
  if (drawn.length === 0) return html`<p class="note">${t.money.none}</p>`;
  const front = joins === "front" ? paretoFront(costs) : [];
  return html`<p class="lead">${lead}</p><div class="charts">${drawn}</div>${armTable(arms, front, view)}`;
}

function spotsOf(
  arms: readonly TargetMeasure[],
  x: (arm: TargetMeasure) => MaybeEstimate,
  view: ArmsView,
): readonly ArmSpot[] {
  return arms.flatMap((arm) => {
    const cost = x(arm);
    const { strict, target } = arm;
    const known = view.arms.get(target);
    if (!cost.available || !strict.available || known === undefined) return [];
    return [{ name: target, x: cost.value, y: strict.value, number: known.number, arm: known.role }];
  });
}

interface Axis {
  /** With the unit of its numbers. */
  readonly title: string;
  readonly before?: string;
  /** What a figure in `unit` is multiplied by to stand on the axis. */
  readonly times?: number;
  readonly unit: "usd" | "ms";
  readonly joins: CostLines["joins"];
}

function chart(
  spots: readonly ArmSpot[],
  { title, before = "", times = 1, unit, joins }: Axis,
  { t }: ArmsView,
): Markup {
  if (spots.length === 0) return NOTHING;
  const placed = spots.map((spot) => ({ ...spot, x: spot.x * times }));
  const x = scaleOver([0, ...placed.map((spot) => spot.x)], 5);
  const y = scaleOver([...spots.map((spot) => spot.y), 1], 5);
  const each = spots.map((one) => `${one.number} ${one.name}: ${formatValue(one.x, unit)}, ${formatShare(one.y)}`);
  const frame = {
    x,
    y,
    xText: tickText(x.ticks, { before }),
    yText: tickText(y.ticks, { times: 100, after: " %" }),
    xTitle: title,
    yTitle: t.money.right,
    said: { title: `${t.money.right}, ${title}`, desc: each.join("; ") },
  };
  return scatter(frame, placed, joins);
}

function armTable(arms: readonly TargetMeasure[], front: readonly ArmSpot[], view: ArmsView): Markup {
  const { t } = view;
  const rows = arms.map((arm) => {
    const { number, role } = view.arms.get(arm.target) ?? { number: 0, role: "other" };
    const best = front.some(({ name }) => name === arm.target)
      ? html` <small class="chip">${t.money.pareto}</small>`
      : NOTHING;
    const cells = [arm.strict, arm.usdPer1k, arm.usdPerSuccess, arm.medianMs, arm.p95Ms].map(
      (one) => html`<td>${figureCell(one, t)}</td>`,
    );
    return html`<tr><th scope="row"><span class="key ${role}">${number}</span> ${arm.target}${best}</th>${cells}</tr>`;
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
    said: {
      title: t.money.breakEven,
      desc: volumes
        .map(({ volume, balance: own }) => `${t.money.volumes[volume]}: ${formatUsd(own.at(-1) ?? 0)} ${t.money.atEnd}`)
        .join("; "),
    },
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
  const sign = value < 0 ? "-" : "";
  if (size >= 1e6) return `${sign}$${Number((size / 1e6).toPrecision(3))}M`;
  if (size >= 1e3) return `${sign}$${Number((size / 1e3).toPrecision(3))}k`;
  return `${sign}$${Number(size.toPrecision(3))}`;
}

function volumeTable({ volumes }: MoneyFound, { t }: View): Markup {
  const month = (one: MoneyFound["volumes"][number]["staysPositiveFrom"]) =>
    one.available ? `${t.money.month} ${formatCount(one.month)}` : t.money.never;
  const rows = volumes.map((one) => {
    const [is, worst, best] = [one, one.worst, one.best].map((end) => month(end.staysPositiveFrom));
    // Ends that say the same are said once.
    const ends = is === worst && is === best ? NOTHING : html`<small>${worst ?? ""}${t.to}${best ?? ""}</small>`;
    return html`<tr><th scope="row">${t.money.volumes[one.volume]}</th><td>${formatCount(one.requestsInMonth1)}</td><td><b>${is ?? ""}</b>${ends}</td><td>${formatUsd(one.balance.at(-1) ?? 0)}</td></tr>`;
  });
  return html`<div class="scroll" tabindex="0"><table class="figures narrow"><thead><tr><th scope="col">${t.money.volume}</th><th scope="col">${t.money.requests}</th><th scope="col">${t.money.paysFrom}</th><th scope="col">${t.money.atEnd}</th></tr></thead><tbody>${rows}</tbody></table></div>`;
}
