/** Which cases are shown, in which order. */
import { caseOutcome, isUnstable, shareOf, tallyOf } from "./case-outcome.js";

/**
 * @typedef {import("../page-data.ts").PageSuite} PageSuite
 * @typedef {import("../page-data.ts").PageCase} PageCase
 * @typedef {import("../page-data.ts").PageArm} PageArm
 * @typedef {import("./url-state.js").State} State
 *
 * @typedef {object} CaseRow
 * @property {PageCase} one
 * @property {PageArm | undefined} base
 * @property {PageArm | undefined} fresh
 * @property {"won" | "lost" | "same" | "open" | "edited" | "new" | "gone"} outcome
 * @property {boolean} unstable
 * @property {boolean} error some trial of the pair is missing
 * @property {number} delta
 * @property {number} flips
 */

/** Lost first: that is what a reader has to see. */
const ORDER = { lost: 0, open: 1, won: 2, edited: 3, new: 4, gone: 5, same: 6 };

/** What can be chosen to be shown; `""` is all. Of two runs also what has another share of passes, and what only one of them has. */
export const KINDS = /** @type {const} */ (["", "lost", "won", "same", "unstable", "error", "open"]);
export const KINDS_OF_TWO = /** @type {const} */ ([
  "",
  "changed",
  "lost",
  "won",
  "same",
  "edited",
  "new",
  "gone",
  "unstable",
  "error",
  "open",
]);

/**
 * Positions of the pair that is compared.
 * @param {PageSuite} suite
 * @param {State} state
 * @returns {{ base: number, fresh: number }}
 */
export function pairIn(suite, state) {
  const base = suite.arms.indexOf(state.base);
  const fresh = suite.arms.indexOf(state.fresh);
  return { base: base < 0 ? suite.base : base, fresh: fresh < 0 ? suite.fresh : fresh };
}

/**
 * @param {PageCase} one
 * @param {{ base: number, fresh: number }} pair
 * @returns {CaseRow}
 */
export function rowOf(one, pair) {
  const base = one.arms[pair.base];
  const fresh = one.arms[pair.fresh];
  return {
    one,
    base,
    fresh,
    outcome: one.left ?? caseOutcome(base, fresh),
    unstable: isUnstable(base) || isUnstable(fresh),
    error: tallyOf(base).missing > 0 || tallyOf(fresh).missing > 0,
    delta: shareOf(fresh) - shareOf(base),
    flips: changesIn(base) + changesIn(fresh),
  };
}

/**
 * Changes from one known trial to the next.
 * @param {PageArm | undefined} arm
 * @returns {number}
 */
function changesIn(arm) {
  const known = (arm?.t ?? []).filter(({ s }) => s !== "m");
  return known.filter(({ s }, at) => at > 0 && s !== known[at - 1]?.s).length;
}

/**
 * @param {PageSuite} suite
 * @param {readonly string[]} texts
 * @param {State} state
 * @returns {readonly CaseRow[]}
 */
export function rowsFor(suite, texts, state) {
  const pair = pairIn(suite, state);
  const fits = filterFor(suite, texts, state);
  const rows = suite.cases.map((one) => rowOf(one, pair)).filter(fits);
  return rows.sort(comparing(state.sort));
}

/**
 * How many cases each choice of `show` has, the other filters as they are.
 * @param {PageSuite} suite
 * @param {readonly string[]} texts
 * @param {State} state
 * @returns {Readonly<Record<string, number>>}
 */
export function countsFor(suite, texts, state) {
  const rows = rowsFor(suite, texts, { ...state, show: "" });
  /** @type {Record<string, number>} */
  const counts = { "": rows.length };
  for (const kind of suite.compared === true ? KINDS_OF_TWO : KINDS) {
    if (kind !== "") counts[kind] = rows.filter((row) => isOfKind(row, kind)).length;
  }
  return counts;
}

/**
 * @param {CaseRow} row
 * @param {string} kind
 * @returns {boolean}
 */
function isOfKind({ one, outcome, unstable, error, delta }, kind) {
  if (kind === "unstable") return unstable;
  if (kind === "error") return error;
  if (kind === "changed") return one.left === undefined && outcome !== "open" && delta !== 0;
  return kind === outcome;
}

/**
 * @param {PageSuite} suite
 * @param {readonly string[]} texts
 * @param {State} state
 * @returns {(row: CaseRow) => boolean}
 */
function filterFor(suite, texts, state) {
  const tag = suite.tags.indexOf(state.tag);
  const grader = suite.graders.indexOf(state.grader);
  const item = suite.items.findIndex((one) => JSON.stringify(one) === state.item);
  const query = state.query.trim().toLowerCase();
  return (row) => {
    const { one } = row;
    if (state.split !== "any" && one.split !== state.split) return false;
    if (state.show !== "" && !isOfKind(row, state.show)) return false;
    if (state.tag !== "" && !one.tags.includes(tag)) return false;
    const trials = [...(row.base?.t ?? []), ...(row.fresh?.t ?? [])];
    if (state.item !== "" && !trials.some(({ x }) => x?.includes(item))) return false;
    if (state.grader !== "" && !trials.some(({ g }) => g?.some((grade) => grade.g === grader && (grade.s ?? 1) < 1)))
      return false;
    return query === "" || holds(row, texts, query);
  };
}

/**
 * @param {CaseRow} row
 * @param {readonly string[]} texts
 * @param {string} query lower case
 * @returns {boolean}
 */
function holds({ one, base, fresh }, texts, query) {
  if (one.id.toLowerCase().includes(query)) return true;
  const prompts = [...(base?.p ?? []), ...(fresh?.p ?? [])].map(([, at]) => at);
  const said = [...(base?.t ?? []), ...(fresh?.t ?? [])].flatMap(({ t, why, g }) => [
    t,
    why,
    ...(g ?? []).map((grade) => grade.why),
  ]);
  return [one.e, ...prompts, ...said].some((at) => at !== undefined && (texts[at] ?? "").toLowerCase().includes(query));
}

/**
 * @param {string} sort
 * @returns {(a: CaseRow, b: CaseRow) => number}
 */
function comparing(sort) {
  if (sort === "id") return () => 0;
  if (sort === "delta") return (a, b) => a.delta - b.delta;
  if (sort === "flips") return (a, b) => b.flips - a.flips;
  return (a, b) => ORDER[a.outcome] - ORDER[b.outcome] || a.delta - b.delta;
}
