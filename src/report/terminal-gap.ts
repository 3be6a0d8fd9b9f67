/** The gap on a terminal: total, format and ability with intervals, drawn on one scale with zero and the margin. */
import type { Difference, Gap, MaybeDifference } from "../decide/decision.ts";
import { quoted } from "./decision-view.ts";
import { gapNotes, gapStanding } from "./decision-words.ts";
import { drawAxis, drawBar, scaleFor } from "./interval-bar.ts";
import { formatCount, formatShare, pointsFigure } from "./numbers.ts";
import type { Palette } from "./paint.ts";
import { displayWidth, pad } from "./width.ts";
import { wrapHanging } from "./wrap.ts";

const INDENT = 2;
const BAR_LEAST = 20;
const BAR_MOST = 48;
const TEXT_INDENT = 5;

interface Part {
  readonly name: string;
  readonly difference: MaybeDifference;
}

const available = (difference: MaybeDifference): difference is Difference & { readonly available: true } =>
  difference.available;

function figures(difference: Difference, margin: number): readonly [string, string] {
  const low = pointsFigure(difference.lower, { apartFrom: -margin });
  return [pointsFigure(difference.value), `${low} to ${pointsFigure(difference.upper)}`];
}

function headOf(gap: Gap): string {
  const total = gap.total;
  const over = total.available
    ? `, ${formatShare(total.confidence, { bare: true })} interval, ${formatCount(total.n)} ${total.n === 1 ? "case" : "cases"} paired`
    : "";
  return `${quoted(gap.tuned)} minus ${quoted(gap.base)}, in points${over}`;
}

function partLines(gap: Gap, parts: readonly Part[], width: number, colors: Palette): string[] {
  const shown = parts.map(({ difference }) => (available(difference) ? figures(difference, gap.margin) : undefined));
  const names = Math.max(...parts.map(({ name }) => displayWidth(name)));
  const values = Math.max(0, ...shown.map((figure) => displayWidth(figure?.[0] ?? "")));
  const intervals = Math.max(0, ...shown.map((figure) => displayWidth(figure?.[1] ?? "")));
  const beside = INDENT + names + 2 + values + 2 + intervals + 2;
  const differences = parts.flatMap(({ difference }) => (available(difference) ? [difference] : []));
  const marginLabel = `margin -${pointsFigure(gap.margin).replace(/^\+/, "")}`;
  const drawnBeside = width - beside >= BAR_LEAST;
  const columns = Math.min(BAR_MOST, drawnBeside ? width - beside : width - INDENT - 2);
  const scale = scaleFor(differences, [0, -gap.margin], columns);
  const lines: string[] = [];
  for (const [index, { name, difference }] of parts.entries()) {
    const figure = shown[index];
    if (figure === undefined || !available(difference)) {
      const why = difference.available ? "" : difference.why;
      // Of a gap that is measured a part is lacking only where it is not split, and why says so.
      const text = gap.total.available ? why : `not measured: ${why}`;
      lines.push(...wrapHanging(`  ${pad(name, names)}  `, text, INDENT + names + 2, width));
      continue;
    }
    const text = `  ${pad(name, names)}  ${pad(figure[0], values, "right")}  ${pad(figure[1], intervals)}`;
    lines.push(drawnBeside ? `${text}  ${drawBar(difference, gap.margin, scale)}`.trimEnd() : text.trimEnd());
  }
  const first = differences[0];
  if (first === undefined) return lines;
  const before = drawnBeside ? beside : INDENT;
  if (!drawnBeside) lines.push(`${pad("", before)}${drawBar(first, gap.margin, scale)}`.trimEnd());
  lines.push(colors.faint(drawAxis(gap.margin, marginLabel, scale, before)));
  return lines;
}

/** Lines of at most `width` columns on one gap. `brief` leaves out the drawing and the advice, for gaps beside the main one. */
export function gapLines(gap: Gap, width: number, colors: Palette, brief = false): string[] {
  const label = `${colors.strong("gap")}  `;
  const head = wrapHanging("gap  ", headOf(gap), TEXT_INDENT, width).map((line, index) =>
    index === 0 ? label + line.slice("gap  ".length) : line,
  );
  if (brief) {
    const total = gap.total.available ? figures(gap.total, gap.margin) : undefined;
    const text = total === undefined ? "not measured" : `${total[0]}, ${total[1]}`;
    return [...head, `  total  ${text}`];
  }
  const parts: Part[] = [
    { name: "total", difference: gap.total },
    { name: "format", difference: gap.format },
    { name: "ability", difference: gap.ability },
  ];
  const standing = gapStanding(gap);
  const notes = [...(standing === undefined ? [] : [standing]), gap.advice, ...gapNotes(gap)];
  return [
    ...head,
    ...partLines(gap, parts, width, colors),
    ...notes.filter((note) => note !== "").flatMap((note) => wrapHanging("  ", note, 2, width)),
  ];
}
