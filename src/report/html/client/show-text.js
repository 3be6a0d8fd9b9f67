/** Text that others wrote, as something to look at: never markup, and nothing in it that hides or turns around. */

const HOSTILE =
  /[\p{Cc}\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]|\p{Cs}/gu;

/**
 * Controls, marks of direction, what has no width, and halves of characters as escapes; line feeds and tabs stay.
 * @param {string} text
 * @returns {string}
 */
export function visible(text) {
  return text.replace(HOSTILE, (sign) =>
    sign === "\n" || sign === "\t" ? sign : `\\u{${sign.codePointAt(0)?.toString(16)}}`,
  );
}

/**
 * "3 of 7" from "{0} of {1}".
 * @param {string} template
 * @param {...(string | number)} figures
 * @returns {string}
 */
export function filled(template, ...figures) {
  return template.replace(/\{(\d)\}/g, (_, at) => String(figures[Number(at)] ?? ""));
}

/**
 * US dollars by the rule of `usdDigits`, as everywhere on the page, and never as a power of ten.
 * @param {number} usd 0 or above
 * @returns {string}
 */
export function usdOf(usd) {
  const digits = usd > 0 && usd < 0.09995 ? Math.min(12, 2 - Math.floor(Math.log10(usd))) : 2;
  return `$${usd.toFixed(digits)}`;
}
