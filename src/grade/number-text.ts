/**
 * Reads numbers as people and models write them: signs (also U+2212), thousands separators where well formed, currency signs,
 * percent, scientific notation, full-width digits. `1,00` is not 100, `25` is not `5`, and `3/4`, `10:30` or `3.14.15` are
 * no numbers at all.
 */
import { type Decimal, decimal } from "./decimal.ts";

export interface NumberStyle {
  /** `.` (default): 1,234.5; `,`: 1.234,5. */
  readonly decimalMark?: "." | ",";
}

export interface NumberText {
  readonly value: Decimal;
  readonly percent: boolean;
  /** `$`, `€`, `£`, `¥`, `₩`, `₹` or the code of ISO 4217; absent where none is written. */
  readonly currency?: string;
  /** UTF-16 offsets of the number in the text, with its sign, currency and percent. */
  readonly start: number;
  readonly end: number;
}

const SIGN = "[-+\\u2212]";

const CODES = "USD|EUR|GBP|CNY|JPY|CHF|CAD|AUD|NZD|HKD|SGD|INR|KRW|SEK|NOK|DKK|PLN|CZK|HUF|BRL|MXN|RUB|TRY|ZAR|THB";
const WORDS = "dollars?|euros?|yen|yuan|rupees?";

/** One number; groups by name. Every part after the digits is optional, so a search never goes back. */
function pattern(style: NumberStyle): string {
  const mark = style.decimalMark === "," ? "," : "\\.";
  const separator = style.decimalMark === "," ? "\\." : ",";
  // One kind of separator throughout: comma (or point), apostrophe, no-break, thin or narrow space.
  const grouped = `\\d{1,3}(?:(?:${separator}\\d{3})+|(?:['\\u2019]\\d{3})+|(?:[\\u00a0\\u2009\\u202f]\\d{3})+)(?!\\d)`;
  return (
    `(?<sign>${SIGN})?(?<currency>US\\$|(?:${CODES}) ?|Rs\\.? ?|[$€£¥₩₹])?(?<inner>${SIGN})?` +
    `(?:(?<whole>${grouped}|\\d+)(?:${mark}(?<fraction>\\d+))?|${mark}(?<only>\\d+))` +
    `(?:[eE](?<power>${SIGN}?\\d+)|\\s?[×xX*]\\s?10\\^\\{?(?<tens>${SIGN}?\\d+)\\}?)?` +
    `(?:\\s?(?<percent>%)|\\s?(?<unit>[$€£¥₩₹元円]|(?:${CODES}|${WORDS})\\b))?`
  );
}

/** Full-width digits and signs to their plain twins; each stays one UTF-16 unit, so offsets stay true. */
function plain(text: string): string {
  return text
    .replace(/[\uff0b\uff0c\uff0d\uff0e\uff04\uff05\uff10-\uff19]/g, (wide) =>
      String.fromCharCode(wide.charCodeAt(0) - 0xfee0),
    )
    .replaceAll("\uffe5", "¥")
    .replaceAll("\uffe1", "£");
}

function toMinus(sign: string): string {
  return sign.replace("\u2212", "-");
}

function currencyOf(written: string | undefined): string | undefined {
  if (written === undefined) return undefined;
  const known: Readonly<Record<string, string>> = {
    USD: "$",
    US$: "$",
    dollar: "$",
    dollars: "$",
    EUR: "€",
    euro: "€",
    euros: "€",
    GBP: "£",
    INR: "₹",
    Rs: "₹",
    "Rs.": "₹",
    rupee: "₹",
    rupees: "₹",
    KRW: "₩",
    元: "CNY",
    yuan: "CNY",
    円: "JPY",
    yen: "JPY",
  };
  const sign = written.trim();
  return known[sign] ?? sign;
}

function read(match: RegExpExecArray, signCounts: boolean): NumberText | undefined {
  const groups = match.groups ?? {};
  const outer = signCounts ? groups.sign : undefined;
  if (outer !== undefined && groups.inner !== undefined) return undefined;
  const value = decimal(
    toMinus(outer ?? groups.inner ?? "") === "-",
    (groups.whole ?? "").replace(/\D/g, ""),
    groups.fraction ?? groups.only ?? "",
    toMinus(groups.power ?? groups.tens ?? "0"),
  );
  if (value === undefined) return undefined;
  const before = currencyOf(groups.currency);
  const after = currencyOf(groups.unit);
  if (before !== undefined && after !== undefined) return undefined;
  const currency = before ?? after;
  return {
    value,
    percent: groups.percent !== undefined,
    ...(currency === undefined ? {} : { currency }),
    start: match.index + (signCounts ? 0 : (groups.sign?.length ?? 0)),
    end: match.index + match[0].length,
  };
}

/** The text as one number, white space around it aside; undefined when it is anything else. */
export function readNumber(text: string, style: NumberStyle = {}): NumberText | undefined {
  const lead = text.length - text.trimStart().length;
  const match = new RegExp(`^${pattern(style)}$`, "u").exec(plain(text.trim()));
  const number = match === null ? undefined : read(match, true);
  return number === undefined ? undefined : { ...number, start: number.start + lead, end: number.end + lead };
}

export type LastNumber =
  | { readonly found: true; readonly number: NumberText }
  | { readonly found: false; readonly why: string };

/** Digits joined by one of these go on: 1,00 3.14.15 3/4 10:30 1_000 2^10 5-7 10² 3½ 50‰, and what no eye sees. */
const GOES_ON = /^(?:(?:[.,/:_^]|[-\u2013\u2014](?=\d))\d+|[²³¹⁰⁴-⁹½¼¾‰\u200b-\u200f\u2060\ufeff])+/u;
/** So many of them: what counts is not the number alone. */
const MAGNITUDE = /^(?:\s?(?:hundred|thousand|million|billion|trillion|percent|bn|mn)\b|[kKM]\b|\s?[百千万億亿])/u;
/** Digits before, joined: the number is the end of a larger thing, as in 12 500, 2024-05-07, 5 to 7, between 5 and 7. */
const BEGUN =
  /(?:\d[-\u2013\u2014/:_^]|\d |\d\s?(?:to|or)\s|\bbetween\s[^\s\d]?\d[\d.,]*\s?\S?\sand\s|[\u200b-\u200f\u2060\ufeff])$/u;

/**
 * The last number of a text. A hyphen after a letter or digit is no sign; digits inside a word (`B12`, `COVID-19`) are no
 * number. When what stands last is part of a larger thing (a date, a range, `12 500`, `3 million`, `10^3`) nothing is found: no guess from its pieces.
 */
export function findLastNumber(text: string, style: NumberStyle = {}): LastNumber {
  const search = plain(text);
  const numbers = new RegExp(pattern(style), "gu");
  let last: NumberText | undefined;
  let broken: string | undefined;
  for (;;) {
    const match = numbers.exec(search);
    if (match === null) break;
    const before = search.slice(Math.max(0, match.index - 32), match.index);
    // The points of "...7" are no decimal mark.
    if (match.groups?.only !== undefined && /[.,]$/.test(before)) {
      numbers.lastIndex = match.index + 1;
      continue;
    }
    const rest = search.slice(numbers.lastIndex, numbers.lastIndex + 64);
    const tail = GOES_ON.exec(rest) ?? MAGNITUDE.exec(rest);
    if (tail !== null) numbers.lastIndex += tail[0].length;
    if (/[\p{Script=Latin}_]$/u.test(before)) continue;
    if (tail !== null || isBegun(before, match)) {
      broken = search.slice(match.index, numbers.lastIndex);
      last = undefined;
      continue;
    }
    const signed = match.groups?.sign !== undefined;
    const number = read(match, !(signed && /[\p{L}\p{N})\]]$/u.test(before)));
    if (number === undefined) {
      broken = match[0];
      last = undefined;
    } else {
      last = number;
      broken = undefined;
    }
  }
  if (last !== undefined) return { found: true, number: last };
  return {
    found: false,
    why: broken === undefined ? "no number" : `the last number, ${broken.slice(0, 40)}, is not well formed`,
  };
}

/** Whether the digits before belong to the same thing: a sign of the number itself may be what joins them (5-7). */
function isBegun(before: string, match: RegExpExecArray): boolean {
  const joint = match.groups?.sign === "-" && /\d$/.test(before);
  return joint || BEGUN.test(before);
}
