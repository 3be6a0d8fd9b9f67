/** The page as one file that loads nothing, sends nothing, and runs one script: its own, known by its hash. */
import { createHash } from "node:crypto";
import { strictJsonPieces } from "../strict-json.ts";
import { html, type Markup } from "./markup.ts";

export interface PageParts {
  /** BCP 47. */
  readonly lang: string;
  readonly title: string;
  readonly style: string;
  readonly body: Markup;
  readonly script: string;
  /** Plain data. */
  readonly data: unknown;
}

/** As it stands in `script-src` and `style-src`. */
export function sourceHash(text: string): string {
  return `'sha256-${createHash("sha256").update(text, "utf8").digest("base64")}'`;
}

/** JSON in which no `<` stands: nothing inside a script element can then end it or open a comment. */
export function* embeddedJson(data: unknown): Generator<string> {
  for (const piece of strictJsonPieces(data)) yield piece.replaceAll("<", "\\u003c");
}

export function pageText(parts: PageParts): string {
  return [...pagePieces(parts)].join("");
}

/**
 * The page in pieces, to be written one after the other: joined, a large page would stand in memory once more, at two bytes a character for the sake of
 * a few. Pieces, and no placeholders: a replacement would read `$&` in an answer as a command.
 */
export function* pagePieces({ lang, title, style, body, script, data }: PageParts): Generator<string> {
  const policy = `default-src 'none'; script-src ${sourceHash(script)}; style-src ${sourceHash(style)}; img-src data:; base-uri 'none'; form-action 'none'`;
  const head = html`<!doctype html>
<html lang="${lang}"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="`;
  const rest = html`<meta name="viewport" content="width=device-width,initial-scale=1"><meta name="referrer" content="no-referrer"><title>${title}</title>`;
  yield `${head.markup}${policy}">${rest.markup}<style>${style}</style></head><body>`;
  yield body.markup;
  yield '<script type="application/json" id="data">';
  yield* embeddedJson(data);
  yield `</script><script>${script}</script></body></html>\n`;
}
