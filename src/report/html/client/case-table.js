/** The table of cases of one suite, with its filters. */
import { countsFor, KINDS, KINDS_OF_TWO, pairIn, rowsFor } from "./case-filter.js";
import { button, choice, element, squares } from "./elements.js";
import { filled } from "./show-text.js";
import { emptyState } from "./url-state.js";

/**
 * @typedef {import("./case-filter.js").CaseRow} CaseRow
 * @typedef {import("./url-state.js").State} State
 * @typedef {import("../page-data.ts").PageSuite} PageSuite
 * @typedef {import("../strings/strings.ts").Strings["client"]} Words
 *
 * @typedef {object} TableWorld
 * @property {PageSuite} suite
 * @property {readonly string[]} texts
 * @property {Words} words
 * @property {(change: Partial<State>) => void} go changes the address
 */

/** More rows than these make a page slow. */
const ROWS_AT_ONCE = 500;
const SIGNS = { won: "▲", lost: "▼", same: "=", open: "?", edited: "≠", new: "+", gone: "−" };

/**
 * Draws into `place` what `state` says.
 * @param {HTMLElement} place
 * @param {TableWorld} world
 * @param {State} state
 */
export function drawTable(place, world, state) {
  const rows = rowsFor(world.suite, world.texts, state);
  const body = element("tbody", {});
  const more = element("p", { class: "more" });
  let drawn = 0;
  const drawMore = () => {
    const next = rows.slice(drawn, drawn + ROWS_AT_ONCE);
    body.append(...next.map((row) => tableRow(row, world)));
    drawn += next.length;
    more.replaceChildren();
    const left = Math.min(ROWS_AT_ONCE, rows.length - drawn);
    if (left > 0) more.append(button(filled(world.words.more, left), drawMore));
    if (rows.length === 0) more.append(world.words.noCase);
  };
  drawMore();
  body.addEventListener("keydown", (event) => moveFocus(event, body));
  const kept = place.querySelector("input")?.matches(":focus") === true;
  place.replaceChildren(
    filters(world, state),
    element("p", { class: "count", role: "status" }, filled(world.words.shown, rows.length, inSplit(world, state))),
    element("div", { class: "scroll" }, element("table", { class: "cases" }, head(world, state), body)),
    more,
  );
  if (kept) focusEnd(place.querySelector("input"));
}

/**
 * @param {TableWorld} world
 * @param {State} state
 * @returns {number}
 */
function inSplit({ suite }, { split }) {
  return split === "any" ? suite.cases.length : suite.cases.filter((one) => one.split === split).length;
}

/** @param {HTMLInputElement | null} field */
function focusEnd(field) {
  if (field === null) return;
  field.focus();
  field.setSelectionRange(field.value.length, field.value.length);
}

/**
 * @param {TableWorld} world
 * @param {State} state
 * @returns {HTMLElement}
 */
function filters(world, state) {
  const { suite, words, go } = world;
  const counts = countsFor(suite, world.texts, state);
  const chips = (suite.compared === true ? KINDS_OF_TWO : KINDS)
    .filter((kind) => kind !== "open" || (counts[kind] ?? 0) > 0 || state.show === kind)
    .map((kind) =>
      button(`${words[kind === "" ? "all" : kind]} ${counts[kind] ?? 0}`, () => go({ show: kind }), {
        class: `filter ${kind}`,
        "aria-pressed": String(state.show === kind),
      }),
    );
  const any = /** @type {const} */ (["", words.any]);
  const field = element("input", {
    type: "search",
    value: state.query,
    placeholder: words.search,
    "aria-label": words.search,
  });
  field.addEventListener("input", () => go({ query: field.value }));
  const { base, fresh } = pairIn(suite, state);
  const arms = suite.arms.map((name) => /** @type {const} */ ([name, name]));
  const splits = /** @type {const} */ (["test", "dev", "held"]).filter((split) =>
    suite.cases.some((one) => one.split === split),
  );
  const choices = [
    choice(words.base, arms, suite.arms[base] ?? "", (name) => go({ base: name })),
    choice(words.fresh, arms, suite.arms[fresh] ?? "", (name) => go({ fresh: name })),
    ...(suite.tags.length === 0
      ? []
      : [
          choice(words.tag, [any, ...suite.tags.map((tag) => /** @type {const} */ ([tag, tag]))], state.tag, (tag) =>
            go({ tag }),
          ),
        ]),
    ...(suite.graders.length === 0
      ? []
      : [
          choice(
            words.grader,
            [any, ...suite.graders.map((name) => /** @type {const} */ ([name, name]))],
            state.grader,
            (grader) => go({ grader }),
          ),
        ]),
    ...(suite.items.length === 0
      ? []
      : [
          choice(
            words.item,
            [
              any,
              ...suite.items.map((item) => /** @type {const} */ ([JSON.stringify(item), `${item[0]}: ${item[1]}`])),
            ],
            state.item,
            (item) => go({ item }),
          ),
        ]),
    ...(splits.length < 2
      ? []
      : [
          choice(
            words.split,
            [...splits.map((split) => /** @type {const} */ ([split, words[split]])), ["any", words.all]],
            state.split,
            (split) => go({ split }),
          ),
        ]),
  ];
  const usual = emptyState();
  const clear = button(words.clear, () => go({ ...usual, suite: state.suite }), { class: "clear" });
  return element(
    "div",
    { class: "filters" },
    element("div", { class: "chips", role: "group", "aria-label": words.filter }, ...chips),
    field,
    element("div", { class: "choices" }, ...choices, clear),
  );
}

/**
 * @param {TableWorld} world
 * @param {State} state
 * @returns {HTMLElement}
 */
function head({ suite, words, go }, state) {
  const { base, fresh } = pairIn(suite, state);
  /** @param {string} text @param {State["sort"]} by */
  const sorted = (text, by) =>
    element(
      "th",
      {
        scope: "col",
        "aria-sort": state.sort === by ? "other" : "none",
        class: by === "delta" || by === "flips" ? "num" : "",
      },
      button(text, () => go({ sort: by }), { class: "sort", "aria-label": filled(words.sort, text) }),
    );
  return element(
    "thead",
    {},
    element(
      "tr",
      {},
      sorted(words.id, "id"),
      sorted(words.outcome, "outcome"),
      element("th", { scope: "col" }, suite.arms[base]),
      element("th", { scope: "col" }, suite.arms[fresh]),
      sorted(words.delta, "delta"),
      sorted(words.flips, "flips"),
      element("th", { scope: "col" }, words.reason),
    ),
  );
}

/**
 * @param {CaseRow} row
 * @param {TableWorld} world
 * @returns {HTMLElement}
 */
function tableRow(row, world) {
  const { one, outcome, delta, flips } = row;
  const { words, go } = world;
  const open = button(one.id, () => go({ caseId: one.id }), { class: "show-case" });
  const points = Math.round(delta * 100);
  const made = element(
    "tr",
    { class: outcome },
    element("th", { scope: "row" }, open),
    element(
      "td",
      { class: `outcome ${outcome}` },
      element("span", { "aria-hidden": "true" }, SIGNS[outcome]),
      ` ${words[outcome]}`,
    ),
    element("td", {}, squares(row.base)),
    element("td", {}, squares(row.fresh)),
    element(
      "td",
      { class: "num" },
      outcome === "open" || one.left !== undefined ? "–" : `${points > 0 ? "+" : ""}${points}`,
    ),
    element("td", { class: "num" }, String(flips)),
    element("td", { class: "reason" }, reasonOf(row, world)),
  );
  made.addEventListener("click", (event) => {
    if (event.target !== open) go({ caseId: one.id });
  });
  return made;
}

/**
 * Of the side that is wrong: what its first wrong or missing trial says, at most 160 signs.
 * @param {CaseRow} row
 * @param {TableWorld} world
 * @returns {string}
 */
function reasonOf({ base, fresh, outcome }, { suite, texts }) {
  const sides = outcome === "won" ? [base] : [fresh, base];
  for (const side of sides) {
    const wrong = side?.t.find(({ s }) => s !== "p");
    if (wrong === undefined) continue;
    if (wrong.why !== undefined) return short(texts[wrong.why] ?? "");
    const rules = (wrong.x ?? []).map((at) => suite.items[at]?.[1] ?? "");
    if (rules.length > 0) return short(rules.join(", "));
    const failing = wrong.g?.find(({ s }) => (s ?? 1) < 1);
    if (failing?.why !== undefined) return short(texts[failing.why] ?? "");
    if (failing !== undefined) {
      const answer = failing.a === undefined ? "" : `: ${texts[failing.a] ?? ""}`;
      return short(`${suite.graders[failing.g] ?? ""}${answer}`);
    }
  }
  return "";
}

/** @param {string} text */
function short(text) {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 160 ? `${line.slice(0, 159)}…` : line;
}

/**
 * Arrows, Home and End walk the rows.
 * @param {KeyboardEvent} event
 * @param {HTMLElement} body
 */
function moveFocus(event, body) {
  const steps = /** @type {Readonly<Record<string, number>>} */ ({
    ArrowDown: 1,
    ArrowUp: -1,
    Home: Number.NEGATIVE_INFINITY,
    End: Number.POSITIVE_INFINITY,
  });
  const step = steps[event.key];
  if (step === undefined) return;
  const all = [...body.querySelectorAll("button.show-case")];
  const at = all.indexOf(/** @type {Element} */ (document.activeElement));
  const next = all[Math.min(all.length - 1, Math.max(0, at + step))];
  if (!(next instanceof HTMLElement)) return;
  event.preventDefault();
  next.focus();
}
