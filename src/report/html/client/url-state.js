/** What is shown, as text in the address: whoever gets the address sees the same. */

/**
 * Empty texts stand for "not filtered".
 * @typedef {object} State
 * @property {string} suite anchor of the suite
 * @property {string} show `lost`, `won`, `same`, `unstable`, `error`, `open`; of two runs also `changed`, `edited`, `new`, `gone`
 * @property {string} split `test` unless said otherwise; `any`
 * @property {string} tag
 * @property {string} grader
 * @property {string} item grader and item as a JSON list
 * @property {string} query
 * @property {string} caseId the case that is open
 * @property {string} base name of an arm
 * @property {string} fresh name of an arm
 * @property {string} sort `outcome`, `id`, `delta`, `flips`
 */

/** @type {readonly (readonly [key: string, field: keyof State, usual: string])[]} */
const FIELDS = [
  ["s", "suite", ""],
  ["f", "show", ""],
  ["p", "split", "test"],
  ["t", "tag", ""],
  ["g", "grader", ""],
  ["i", "item", ""],
  ["q", "query", ""],
  ["b", "base", ""],
  ["n", "fresh", ""],
  ["o", "sort", "outcome"],
  ["c", "caseId", ""],
];

/** @returns {State} */
export function emptyState() {
  return {
    suite: "",
    show: "",
    split: "test",
    tag: "",
    grader: "",
    item: "",
    query: "",
    caseId: "",
    base: "",
    fresh: "",
    sort: "outcome",
  };
}

/**
 * @param {string} hash with or without its `#`
 * @returns {State} what the hash does not say is as usual; what it says wrongly is ignored
 */
export function parseState(hash) {
  const state = emptyState();
  const given = new URLSearchParams(hash.replace(/^#/, ""));
  for (const [key, field] of FIELDS) state[field] = given.get(key) ?? state[field];
  return state;
}

/**
 * @param {State} state
 * @returns {string} begins with `#`; only what is not as usual
 */
export function formatState(state) {
  const said = new URLSearchParams();
  for (const [key, field, usual] of FIELDS) if (state[field] !== usual) said.set(key, state[field].toWellFormed());
  return `#${said}`;
}
