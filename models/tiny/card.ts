/** The table of figures in the model card, and what is wrong in it. */

/** Largest difference that other processors may make, in points: greedy answers differ in about one of 20 where two tokens are near. */
export const BAND = 2;

export interface Figure {
  readonly suite: string;
  readonly target: string;
  /** Share of right answers on test, in points, with its 95 % interval. */
  readonly strict: number;
  readonly lower: number;
  readonly upper: number;
  readonly cases: number;
  /** Mean tokens of a prompt. */
  readonly inputTokens: number;
}

const MARKED = /(<!-- figures -->\n)([\s\S]*?)(\n<!-- end -->)/;
const HEAD = "| suite | target | right, strict | 95 % interval | test cases | tokens in |";
const ROW = /^\| ([^|]+) \| ([^|]+) \| (\d+\.\d) % \| (\d+\.\d) to (\d+\.\d) \| (\d+) \| (\d+) \|$/;

export function tableOf(all: readonly Figure[]): string {
  return [HEAD, "| --- | --- | --- | --- | --- | --- |", ...all.map(rowOf)].join("\n");
}

function rowOf({ suite, target, strict, lower, upper, cases, inputTokens }: Figure): string {
  return `| ${suite} | ${target} | ${strict.toFixed(1)} % | ${lower.toFixed(1)} to ${upper.toFixed(1)} | ${cases} | ${inputTokens} |`;
}

/** The card with these figures in the place of its own. */
export function withFigures(card: string, all: readonly Figure[]): string {
  return card.replace(MARKED, (_, start, __, end) => `${start}\n${tableOf(all)}\n${end}`);
}

/**
 * What a card says wrongly, one line each: a figure or bound of its table that is off what was measured by more than the band, another number of
 * cases or tokens, a row that is missing or too much or that nobody can read, a row that figures.json (`kept`) has otherwise, and sealed hashes
 * (`sealed`, a sha256sum file) that do not stand in its text. Empty for a card that holds.
 */
export function faults(
  card: string,
  given: { readonly measured: readonly Figure[]; readonly kept: readonly Figure[]; readonly sealed: string },
): readonly string[] {
  const { rows, unread } = readTable(card);
  const said = byName(rows);
  const kept = byName(given.kept);
  const measured = byName(given.measured);
  return [
    ...unread.map((line) => `the card: cannot be read as a figure: ${line}`),
    ...repeated(rows),
    ...given.measured.flatMap((figure) => againstMeasured(figure, said.get(nameOf(figure)))),
    ...[...said.keys(), ...kept.keys()]
      .filter((name, at, names) => !measured.has(name) && names.indexOf(name) === at)
      .map((name) => `${name}: stands in the card or in figures.json, and is no target`),
    ...given.measured.flatMap((figure) => againstKept(nameOf(figure), said, kept)),
    ...given.sealed
      .trim()
      .split("\n")
      .filter((line) => !card.split("\n").includes(line))
      .map((line) => `the card does not hold the sealed hash ${line}`),
  ];
}

function readTable(card: string): { readonly rows: readonly Figure[]; readonly unread: readonly string[] } {
  const rows: Figure[] = [];
  const unread: string[] = [];
  const lines = (MARKED.exec(card)?.[2] ?? "").split("\n").filter((line) => line.trim() !== "");
  for (const line of lines.filter((line) => line !== HEAD && !/^\|[ |-]+\|$/.test(line))) {
    const [, suite, target, ...numbers] = ROW.exec(line) ?? [];
    const [strict, lower, upper, cases, inputTokens] = numbers.map(Number);
    if (
      suite === undefined ||
      target === undefined ||
      strict === undefined ||
      lower === undefined ||
      upper === undefined ||
      cases === undefined ||
      inputTokens === undefined
    ) {
      unread.push(line);
    } else {
      rows.push({ suite, target, strict, lower, upper, cases, inputTokens });
    }
  }
  return { rows, unread };
}

function repeated(rows: readonly Figure[]): readonly string[] {
  const names = rows.map(nameOf);
  return names.filter((name, at) => names.indexOf(name) !== at).map((name) => `${name}: stands in the card twice`);
}

function againstMeasured(now: Figure, said: Figure | undefined): readonly string[] {
  const name = nameOf(now);
  if (said === undefined) return [`${name}: not in the card`];
  const points = [
    ["right", now.strict, said.strict],
    ["lower bound", now.lower, said.lower],
    ["upper bound", now.upper, said.upper],
  ] as const;
  const counts = [
    ["test cases", now.cases, said.cases],
    ["tokens in", now.inputTokens, said.inputTokens],
  ] as const;
  return [
    // In tenths, so that a difference of just the band is none of rounding.
    ...points
      .filter(([, is, was]) => Math.round(Math.abs(is - was) * 10) > BAND * 10)
      .map(([what, is, was]) => `${name}: ${what} ${is} %, the card says ${was} %`),
    ...counts
      .filter(([, is, was]) => is !== was)
      .map(([what, is, was]) => `${name}: ${what} ${is}, the card says ${was}`),
  ];
}

function againstKept(
  name: string,
  said: ReadonlyMap<string, Figure>,
  kept: ReadonlyMap<string, Figure>,
): readonly string[] {
  const inCard = said.get(name);
  const inFile = kept.get(name);
  if (inFile === undefined) return [`${name}: not in figures.json`];
  if (inCard === undefined || rowOf(inCard) === rowOf(inFile)) return [];
  return [`${name}: the card and figures.json differ: ${rowOf(inCard)} and ${rowOf(inFile)}`];
}

function byName(figures: readonly Figure[]): ReadonlyMap<string, Figure> {
  return new Map(figures.map((figure) => [nameOf(figure), figure]));
}

function nameOf({ suite, target }: Figure): string {
  return `${suite}/${target}`;
}
