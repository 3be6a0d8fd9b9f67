/** Brings the page to life: what the address says is what is shown. */

import { drawCase } from "./case-drawer.js";
import { rowsFor } from "./case-filter.js";
import { caseOfRow } from "./case-row.js";
import { drawTable } from "./case-table.js";
import { formatState, parseState } from "./url-state.js";

/**
 * @typedef {import("../page-data.ts").PageCase} PageCase
 * @typedef {import("../page-data.ts").PageData} PageData
 * @typedef {import("../page-data.ts").PageSuite} PageSuite
 * @typedef {import("./url-state.js").State} State
 */

/** @type {{ data: PageData, words: import("../strings/strings.ts").Strings["client"], anchors: readonly string[] }} */
const { data, words, anchors } = JSON.parse(document.getElementById("data")?.textContent ?? "");
const suites = data.suites.map(withRows);
const dialog = /** @type {HTMLDialogElement} */ (document.getElementById("case"));
/** What had the focus before the drawer opened: the case's id, since rows are drawn anew. */
let opened = "";

document.documentElement.classList.add("js");

/**
 * Cases that came as rows beside the others, in the order of the dataset.
 * @param {PageSuite} suite
 * @returns {PageSuite}
 */
function withRows(suite) {
  if (suite.rows === undefined || suite.rows.length === 0) return suite;
  /** @param {PageCase} one */
  const lineOf = ({ lines, arms }) => lines?.[0] ?? Math.min(...arms.flatMap(({ t }) => t.map(({ n }) => n ?? 0)));
  const placed = [...suite.cases, ...Array.from(suite.rows, (row) => caseOfRow(row))].map((one) => ({
    one,
    line: lineOf(one),
  }));
  return { ...suite, cases: placed.sort((a, b) => a.line - b.line).map(({ one }) => one) };
}

/** @param {Partial<State>} change */
function go(change) {
  const next = formatState({ ...parseState(location.hash), suite: shownAnchor(), ...change });
  // Typing would fill the way back; opening a case is a step of its own.
  if ("caseId" in change && change.caseId !== "") location.hash = next;
  else {
    history.replaceState(null, "", next);
    draw();
  }
}

/** @returns {string} */
function shownAnchor() {
  const hash = location.hash.replace(/^#/, "");
  const state = parseState(hash);
  if (anchors.includes(state.suite)) return state.suite;
  const named = hash.includes("=") || hash === "" ? null : document.getElementById(hash);
  return named?.closest(".suite")?.id ?? anchors[0] ?? "";
}

function draw() {
  const anchor = shownAnchor();
  const state = parseState(location.hash);
  for (const section of document.querySelectorAll(".suite")) {
    if (section instanceof HTMLElement) section.hidden = section.id !== anchor;
  }
  for (const link of document.querySelectorAll(".suites a")) {
    if (link.getAttribute("href") === `#${anchor}`) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  const suite = suites[anchors.indexOf(anchor)];
  const place = document.querySelector(`.case-table[data-suite="${anchor}"]`);
  if (suite === undefined || !(place instanceof HTMLElement)) return;
  const world = { suite, texts: data.texts, words, go };
  drawTable(place, world, state);
  if (state.caseId !== "" && drawCase(dialog, world, state, rowsFor(suite, data.texts, state))) opened = state.caseId;
  else if (dialog.open) dialog.close();
}

dialog.addEventListener("close", () => {
  if (parseState(location.hash).caseId !== "") go({ caseId: "" });
  for (const open of document.querySelectorAll("button.show-case")) {
    if (open.textContent === opened && open instanceof HTMLElement && open.offsetParent !== null) open.focus();
  }
});
dialog.addEventListener("click", (event) => {
  if (event.target === dialog) dialog.close();
});
window.addEventListener("hashchange", () => {
  draw();
  const state = parseState(location.hash);
  const narrowed = state.grader !== "" || state.item !== "" || state.tag !== "";
  if (narrowed && state.caseId === "")
    document.querySelector(`.case-table[data-suite="${shownAnchor()}"]`)?.closest(".view")?.scrollIntoView();
  else if (!location.hash.includes("=")) document.getElementById(location.hash.replace(/^#/, ""))?.scrollIntoView();
});
draw();
