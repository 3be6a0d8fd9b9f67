/**
 * A case as a row: what the table of cases shows and filters by, in a tenth of the room that its trials take. Fields are divided by tabs, the id last:
 * first and last line of `cases.jsonl`, split, tags, passes by arm in strict form and in any, failed graders and items by arm (`,` between positions,
 * `;` between arms), id. Written by the renderer, read by the page's script.
 */

/**
 * @typedef {object} RowParts
 * @property {readonly [first: number, last: number]} lines
 * @property {"dev" | "test" | "held"} split
 * @property {readonly number[]} tags
 * @property {readonly string[]} strict a mark a trial, by arm
 * @property {readonly string[]} lenient
 * @property {readonly (readonly number[])[]} graders by arm
 * @property {readonly (readonly number[])[]} items by arm
 * @property {string} id
 */

/**
 * @param {RowParts} parts
 * @returns {string}
 */
export function rowText({ lines, split, tags, strict, lenient, graders, items, id }) {
  const one = strict.join(",");
  const other = lenient.join(",");
  const failing = [graders, items].map((arms) =>
    arms
      .map((own) => own.join(","))
      .join(";")
      .replace(/;+$/, ""),
  );
  return [...lines, split, tags.join(","), one, one === other ? "" : other, ...failing, id].join("\t");
}

/**
 * @param {string} text by `rowText`
 * @returns {import("../page-data.ts").PageCase}
 */
export function caseOfRow(text) {
  const [first = "", last = "", split, tags = "", strict = "", lenient, graders = "", items = "", ...id] =
    text.split("\t");
  const marks = strict.split(",");
  const free = (lenient || strict).split(",");
  /** @param {string} field @param {number} arm */
  const failing = (field, arm) => positions(field.split(";")[arm] ?? "");
  return {
    id: id.join("\t"),
    split: split === "dev" || split === "held" ? split : "test",
    tags: positions(tags),
    lines: [Number(first), Number(last)],
    arms: marks.map((own, arm) => {
      const wrong = Math.max(0, own.search(/[^p]/));
      const x = failing(items, arm);
      const g = failing(graders, arm).map((at) => ({ g: at, s: 0, l: 0 }));
      return {
        t: [...own].map((s, at) => ({
          s: markOf(s),
          l: markOf(free[arm]?.[at] ?? s),
          ...(at === wrong && x.length > 0 ? { x } : {}),
          ...(at === wrong && g.length > 0 ? { g } : {}),
        })),
      };
    }),
  };
}

/** @param {string} field @returns {number[]} */
function positions(field) {
  return field === "" ? [] : field.split(",").map(Number);
}

/** @param {string} sign @returns {import("../page-data.ts").Mark} */
function markOf(sign) {
  return sign === "p" || sign === "f" ? sign : "m";
}
