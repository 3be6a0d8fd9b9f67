/** Agreement of two raters beyond chance. Show it beside the raw agreement and the rates per class: kappa falls with prevalence. */
import { expectCount, expectSameLength } from "./arguments.ts";
import { sum } from "./sum.ts";
import { defined, type Maybe, notDefined } from "./undefined.ts";

/** Labels are compared as they are; numbers sort by size, others by code unit. The weights count steps between them. */
export type Label = number | string;

/** Kappa is not defined where chance alone gives full agreement: both raters used one and the same label throughout. */
export type CohenKappa = {
  readonly observedAgreement: number;
  readonly kappa: Maybe<number>;
  /** Asymptotic standard error of kappa (Fleiss, Cohen and Everitt 1969). */
  readonly se: Maybe<number>;
  /** Weighted by steps between labels, and by their squares (Cohen 1968). */
  readonly weightedLinear: Maybe<number>;
  readonly weightedQuadratic: Maybe<number>;
};

/** Cohen's kappa (1960) of two lists of labels, position by position the same item. */
export function cohenKappa(first: readonly Label[], second: readonly Label[]): CohenKappa {
  expectSameLength("first", first, "second", second);
  expectCount("number of items", first.length, 1);
  const table = contingency(first, second);
  const observedAgreement = sum(table.cells.map((row, index) => row[index] ?? 0));
  if (table.rows.length === 1) {
    const reason = notDefined("both raters used one label throughout");
    return { observedAgreement, kappa: reason, se: reason, weightedLinear: reason, weightedQuadratic: reason };
  }
  const identity: Weight = (i, j) => (i === j ? 1 : 0);
  const most = table.rows.length - 1;
  const kappa = weightedKappa(table, identity);
  return {
    observedAgreement,
    kappa: defined(kappa),
    se: defined(standardError(table, kappa, first.length)),
    weightedLinear: defined(weightedKappa(table, (i, j) => 1 - Math.abs(i - j) / most)),
    weightedQuadratic: defined(weightedKappa(table, (i, j) => 1 - ((i - j) / most) ** 2)),
  };
}

/** Shares of items by the label of the first (row) and second (column) rater, with their margins. */
type Contingency = {
  readonly cells: readonly (readonly number[])[];
  readonly rows: readonly number[];
  readonly columns: readonly number[];
};

/** What agreement between labels number i and j is worth, 1 for the same. */
type Weight = (i: number, j: number) => number;

function contingency(first: readonly Label[], second: readonly Label[]): Contingency {
  const labels = [...new Set([...first, ...second])].sort(byValue);
  const position = new Map(labels.map((label, index) => [label, index]));
  const cells = labels.map(() => new Array<number>(labels.length).fill(0));
  for (const [index, label] of first.entries()) {
    const row = cells[position.get(label) ?? -1];
    const column = position.get(second[index] ?? label) ?? -1;
    if (row) row[column] = (row[column] ?? 0) + 1;
  }
  const shares = cells.map((row) => row.map((count) => count / first.length));
  return {
    cells: shares,
    rows: shares.map(sum),
    columns: labels.map((_, column) => sum(shares.map((row) => row[column] ?? 0))),
  };
}

function byValue(a: Label, b: Label): number {
  if (typeof a === "number" && typeof b === "number") return a - b;
  const [left, right] = [String(a), String(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function weightedKappa({ cells, rows, columns }: Contingency, weight: Weight): number {
  const agreement = (share: (i: number, j: number) => number) =>
    sum(rows.flatMap((_, i) => columns.map((__, j) => weight(i, j) * share(i, j))));
  const observed = agreement((i, j) => cells[i]?.[j] ?? 0);
  const expected = agreement((i, j) => (rows[i] ?? 0) * (columns[j] ?? 0));
  return (observed - expected) / (1 - expected);
}

/** Fleiss, Cohen and Everitt (1969), unweighted. */
function standardError({ cells, rows, columns }: Contingency, kappa: number, n: number): number {
  const chance = sum(rows.map((row, i) => row * (columns[i] ?? 0)));
  const terms = rows.flatMap((_, i) =>
    columns.map((__, j) => {
      const own = cells[i]?.[j] ?? 0;
      if (i === j) return own * (1 - ((rows[i] ?? 0) + (columns[i] ?? 0)) * (1 - kappa)) ** 2;
      return own * (1 - kappa) ** 2 * ((columns[i] ?? 0) + (rows[j] ?? 0)) ** 2;
    }),
  );
  const variance = sum(terms) - (kappa - chance * (1 - kappa)) ** 2;
  return Math.sqrt(Math.max(0, variance) / n) / (1 - chance);
}
