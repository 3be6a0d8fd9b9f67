/** Elements made of text only: no function here takes markup. */
import { visible } from "./show-text.js";

/**
 * @typedef {Node | string | undefined} Child
 */

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Readonly<Record<string, string>>} attributes
 * @param {...Child} children texts are shown as they are
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  for (const child of children) {
    if (child === undefined) continue;
    made.append(typeof child === "string" ? document.createTextNode(visible(child)) : child);
  }
  return made;
}

/**
 * @param {string} text
 * @param {() => void} pressed
 * @param {Readonly<Record<string, string>>} attributes
 * @returns {HTMLButtonElement}
 */
export function button(text, pressed, attributes = {}) {
  const made = element("button", { type: "button", ...attributes }, text);
  made.addEventListener("click", pressed);
  return made;
}

/**
 * A list to choose from, with its name.
 * @param {string} name
 * @param {readonly (readonly [value: string, text: string])[]} choices
 * @param {string} value
 * @param {(value: string) => void} chosen
 * @returns {HTMLLabelElement}
 */
export function choice(name, choices, value, chosen) {
  const list = element("select", {}, ...choices.map(([key, text]) => element("option", { value: key }, text)));
  list.value = value;
  list.addEventListener("change", () => chosen(list.value));
  return element("label", {}, element("span", {}, name), list);
}

/**
 * A square a trial: full for right, empty for wrong, a dot where it is missing.
 * @param {import("../page-data.ts").PageArm | undefined} arm
 * @returns {HTMLElement}
 */
export function squares(arm) {
  const signs = { p: "■", f: "□", m: "·" };
  const marks = (arm?.t ?? []).map(({ s }) => element("span", { class: `mark ${s}` }, signs[s]));
  const passed = (arm?.t ?? []).filter(({ s }) => s === "p").length;
  return element(
    "span",
    { class: "tally" },
    `${passed}/${arm?.t.length ?? 0} `,
    element("span", { class: "marks", "aria-hidden": "true" }, ...marks),
  );
}
