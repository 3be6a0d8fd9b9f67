/** One case in full: what was asked, what both answered, what differs, how it was graded, and every trial. */
import { pairIn, rowOf } from "./case-filter.js";
import { button, element, squares } from "./elements.js";
import { jsonDiff, jsonIn } from "./json-diff.js";
import { filled, usdOf } from "./show-text.js";
import { wordDiff } from "./word-diff.js";

/**
 * @typedef {import("./case-table.js").TableWorld} TableWorld
 * @typedef {import("./url-state.js").State} State
 * @typedef {import("../page-data.ts").PageArm} PageArm
 * @typedef {import("../page-data.ts").PageCase} PageCase
 * @typedef {import("../page-data.ts").PageTrial} PageTrial
 */

/**
 * @param {HTMLDialogElement} dialog
 * @param {TableWorld} world
 * @param {State} state `caseId` names the case
 * @param {readonly import("./case-filter.js").CaseRow[]} rows the table's, for the way on
 * @returns {boolean} whether there is such a case
 */
export function drawCase(dialog, world, state, rows) {
  const { suite, words, go } = world;
  const one = suite.cases.find(({ id }) => id.toWellFormed() === state.caseId.toWellFormed());
  if (one === undefined) return false;
  const pair = pairIn(suite, state);
  const { base, fresh, outcome } = rowOf(one, pair);
  const names = [suite.arms[pair.base] ?? "", suite.arms[pair.fresh] ?? ""];
  const at = rows.findIndex((row) => row.one === one);
  /** @param {number} step @param {string} text @param {string} sign */
  const way = (step, text, sign) => {
    const next = at < 0 ? undefined : rows[at + step]?.one;
    const made = button(sign, () => go({ caseId: next?.id ?? one.id }), { "aria-label": text, title: text });
    made.disabled = next === undefined;
    return made;
  };
  const tags = one.tags.map((tag) => element("span", { class: "chip" }, suite.tags[tag]));
  const title = element("h2", { id: "case-title", tabindex: "-1" }, one.id);
  const trials = Math.max(base?.t.length ?? 0, fresh?.t.length ?? 0);
  const answers = element("div", { class: "answers" });
  /** @param {number} trial */
  const show = (trial) => answers.replaceChildren(...answersOf(one, trial, [base, fresh], names, trials, world, show));
  show(0);
  dialog.replaceChildren(
    element(
      "header",
      {},
      title,
      element(
        "p",
        { class: "meta" },
        element("b", { class: outcome }, words[outcome]),
        " ",
        `· ${words[one.split]} `,
        one.cluster === undefined ? undefined : `· ${words.cluster} ${one.cluster} `,
        ...tags,
      ),
      element(
        "nav",
        {},
        way(-1, words.previous, "↑"),
        way(1, words.next, "↓"),
        button("✕", () => dialog.close(), { "aria-label": words.close, title: words.close }),
      ),
    ),
    promptsOf(one, base, fresh, names, world),
    ...expectedOf(one, world),
    answers,
    element("h3", {}, words.trials),
    element("div", { class: "scroll", tabindex: "0" }, trialTable([base, fresh], names, world)),
  );
  if (!dialog.open) dialog.showModal();
  title.focus();
  dialog.scrollTop = 0;
  return true;
}

/**
 * @param {PageCase} one
 * @param {PageArm | undefined} base
 * @param {PageArm | undefined} fresh
 * @param {readonly string[]} names
 * @param {TableWorld} world
 * @returns {HTMLElement}
 */
function promptsOf(one, base, fresh, names, { suite, texts, words }) {
  const asked = [base, fresh].map((arm) => (arm?.p ?? []).map(([role, at]) => ({ role, text: texts[at] ?? "" })));
  const [was = [], is = []] = asked;
  // Prompts of two targets have little in common; of two runs only what was changed matters.
  const isHeld = suite.compared === true && was.length > 0 && was.length === is.length;
  const isSame = isHeld && was.every(({ role, text }, at) => role === is[at]?.role && text === is[at]?.text);
  const parts = was.map(({ text }, at) => (isHeld && !isSame ? wordDiff(text, is[at]?.text ?? "") : undefined));
  const sides = [base, fresh].map((arm, at) => {
    const told = (asked[at] ?? []).map(({ role, text }, message) =>
      element("div", { class: "message" }, element("small", {}, role), textOf(text, parts[message], at)),
    );
    const none = elsewhere(one, arm?.t[0], words);
    return element(
      "section",
      {},
      element("h4", {}, names[at]),
      ...(told.length > 0 ? told : [element("p", { class: "note" }, none)]),
    );
  });
  const shown = one.arms.length < 2 || base === fresh || isSame ? sides.slice(0, 1) : sides;
  const note = isSame
    ? words.samePrompt
    : parts.some((part) => part !== undefined)
      ? filled(words.words, ...names)
      : undefined;
  return element(
    "details",
    isHeld && !isSame ? { open: "" } : {},
    element("summary", {}, words.prompt),
    element("div", { class: "sides" }, ...shown),
    note === undefined ? undefined : element("p", { class: "note" }, note),
  );
}

/**
 * One side of two texts, with what only it has marked.
 * @param {string} text
 * @param {ReturnType<typeof wordDiff> | undefined} parts of both; absent where nothing is marked
 * @param {number} side 0 or 1
 * @returns {HTMLElement}
 */
function textOf(text, parts, side) {
  if (parts === undefined) return element("pre", {}, text);
  const [own, mark] = side === 0 ? /** @type {const} */ (["removed", "del"]) : /** @type {const} */ (["added", "ins"]);
  const shown = parts.filter(({ kind }) => kind === "same" || kind === own);
  return element("pre", {}, ...shown.map(({ kind, text: part }) => element(kind === "same" ? "span" : mark, {}, part)));
}

/**
 * @param {PageCase} one
 * @param {TableWorld} world
 * @returns {readonly HTMLElement[]}
 */
function expectedOf({ e }, { texts, words }) {
  return e === undefined ? [] : [element("h3", {}, words.expected), element("pre", { class: "expected" }, texts[e])];
}

/**
 * Where a text stands that the page does not have.
 * @param {PageCase} one
 * @param {PageTrial | undefined} trial
 * @param {TableWorld["words"]} words
 * @returns {string}
 */
function elsewhere({ lines }, trial, words) {
  if (trial === undefined) return words.noTrial;
  if (trial.n !== undefined) return filled(words.noText, trial.n);
  return lines === undefined ? words.noTrial : filled(words.noTexts, ...lines);
}

/**
 * @param {PageCase} one
 * @param {number} trial 0-based
 * @param {readonly (PageArm | undefined)[]} arms
 * @param {readonly string[]} names
 * @param {number} trials
 * @param {TableWorld} world
 * @param {(trial: number) => void} show
 * @returns {readonly HTMLElement[]}
 */
function answersOf(one, trial, arms, names, trials, world, show) {
  const { texts, words } = world;
  const shown = arms.map((arm) => arm?.t[trial]);
  const [a, b] = shown.map((own) => (own?.t === undefined || own.s === "m" ? undefined : texts[own.t]));
  const parts = a === undefined || b === undefined ? undefined : wordDiff(a, b);
  const sides = shown.map((own, at) => {
    const body =
      own?.t === undefined ? element("pre", {}, elsewhere(one, own, words)) : textOf(texts[own.t] ?? "", parts, at);
    const cut = own?.cut === true ? element("p", { class: "note" }, filled(words.cutText, own.n ?? "")) : undefined;
    return element(
      "section",
      { class: own?.s ?? "none" },
      element("h4", {}, names[at], " ", element("small", {}, own === undefined ? "" : statusOf(own, world))),
      body,
      cut,
      gradesOf(own, world),
    );
  });
  const choices =
    trials < 2
      ? []
      : [
          element(
            "div",
            { class: "chips" },
            ...Array.from({ length: trials }, (_, at) =>
              button(filled(words.trial, at + 1), () => show(at), {
                class: "filter",
                "aria-pressed": String(at === trial),
              }),
            ),
          ),
        ];
  const note =
    parts === undefined
      ? undefined
      : element("p", { class: "note" }, a === b ? words.sameText : filled(words.words, ...names));
  return [
    element("h3", {}, words.answers),
    ...choices,
    element("div", { class: "sides" }, ...sides),
    ...(note === undefined ? [] : [note]),
    ...jsonOf(a, b, names, world),
  ];
}

/**
 * @param {PageTrial} trial
 * @param {TableWorld} world
 * @returns {string}
 */
function statusOf({ s, l, why }, { texts, words }) {
  const told = { p: words.passed, f: words.failed, m: words.missing };
  const lenient = s === l ? "" : ` · ${words.lenient}: ${told[l]}`;
  return `${told[s]}${lenient}${why === undefined ? "" : ` · ${texts[why] ?? ""}`}`;
}

/**
 * @param {PageTrial | undefined} trial
 * @param {TableWorld} world
 * @returns {HTMLElement | undefined}
 */
function gradesOf(trial, { suite, texts, words }) {
  if (trial?.g === undefined || trial.g.length === 0) return undefined;
  /** @param {number | undefined} score */
  const shown = (score) => (score === undefined ? "?" : String(Math.round(score * 1000) / 1000));
  const text = trial.t === undefined ? "" : (texts[trial.t] ?? "").trim();
  const rows = trial.g.map(({ g, s, l, why, a }) =>
    element(
      "li",
      {},
      element("span", { class: "sign", "aria-hidden": "true" }, s === undefined ? "?" : s === 1 ? "✓" : "✕"),
      " ",
      element("b", {}, suite.graders[g]),
      ` ${words.strict} ${shown(s)}${s === l ? "" : `, ${words.lenient} ${shown(l)}`}`,
      a === undefined || texts[a]?.trim() === text ? undefined : element("code", {}, texts[a]),
      why === undefined ? undefined : element("div", { class: "said" }, texts[why]),
    ),
  );
  // Rules that do not say why they fail: those that do stand in what their grader says.
  const told = trial.g.map(({ why }) => (why === undefined ? "" : `\n${texts[why] ?? ""}`)).join("");
  const silent = (trial.x ?? []).filter((at) => !told.includes(`\n${suite.items[at]?.[1] ?? ""}: `));
  const rules = silent.map((at) =>
    element("li", { class: "broken" }, `✕ ${suite.items[at]?.[0] ?? ""}: ${suite.items[at]?.[1] ?? ""}`),
  );
  return element("ul", { class: "grades" }, ...rows, ...rules);
}

/**
 * @param {string | undefined} a
 * @param {string | undefined} b
 * @param {readonly string[]} names
 * @param {TableWorld} world
 * @returns {readonly HTMLElement[]}
 */
function jsonOf(a, b, names, { words }) {
  const before = a === undefined ? undefined : jsonIn(a);
  const after = b === undefined ? undefined : jsonIn(b);
  if (before === undefined || after === undefined) return [];
  const changes = jsonDiff(before.value, after.value);
  if (changes.length === 0) return [];
  const rows = changes.map(({ path, before: x, after: y }) =>
    element(
      "tr",
      {},
      element("th", { scope: "row" }, element("code", {}, path)),
      element("td", {}, element("code", {}, x ?? "–")),
      element("td", {}, element("code", {}, y ?? "–")),
    ),
  );
  const head = element(
    "tr",
    {},
    element("th", { scope: "col" }, words.path),
    element("th", { scope: "col" }, names[0]),
    element("th", { scope: "col" }, names[1]),
  );
  return [
    element("h3", {}, words.json),
    element(
      "div",
      { class: "scroll", tabindex: "0" },
      element("table", { class: "json" }, element("thead", {}, head), element("tbody", {}, ...rows)),
    ),
  ];
}

/**
 * @param {readonly (PageArm | undefined)[]} arms
 * @param {readonly string[]} names
 * @param {TableWorld} world
 * @returns {HTMLElement}
 */
function trialTable(arms, names, world) {
  const { words } = world;
  const columns = ["", words.status, words.finish, words.tokens, words.ms, words.usd, words.line];
  const firstNumber = 3;
  const rows = arms.flatMap((arm, side) => [
    element(
      "tr",
      { class: "head" },
      element("th", { scope: "rowgroup", colspan: String(columns.length) }, names[side], " ", squares(arm)),
    ),
    ...(arm?.t ?? []).map((trial, at) =>
      element(
        "tr",
        {},
        element("th", { scope: "row" }, filled(words.trial, at + 1)),
        ...[
          statusOf(trial, world),
          trial.fin ?? (trial.s === "m" ? "–" : "stop"),
          trial.in === undefined ? "–" : `${trial.in} / ${trial.out}`,
          trial.ms === undefined ? "–" : `${trial.ms < 10 ? trial.ms : Math.round(trial.ms)} ms`,
          trial.usd === undefined ? "–" : usdOf(trial.usd),
          trial.n === undefined ? "–" : String(trial.n),
        ].map((text, own) =>
          // A narrow page has no heads: each cell says what it is.
          element("td", { class: own + 1 < firstNumber ? "" : "num", "data-name": columns[own + 1] ?? "" }, text),
        ),
      ),
    ),
  ]);
  return element(
    "table",
    { class: "trials" },
    element(
      "thead",
      {},
      element(
        "tr",
        {},
        ...columns.map((name, at) => element("th", { scope: "col", class: at < firstNumber ? "" : "num" }, name)),
      ),
    ),
    element("tbody", {}, ...rows),
  );
}
