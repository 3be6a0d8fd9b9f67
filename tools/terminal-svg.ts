/**
 * Draws what a terminal shows as SVG: `FORCE_COLOR=1 COLUMNS=80 npm run --silent eval | node tools/terminal-svg.ts > docs/eval.svg`.
 * Knows the colours that gapcheck uses; anything else of the terminal's language is left out.
 */
import { readFileSync } from "node:fs";

const CELL = 8.4;
const LINE = 18;
const PAD = 16;
const COLOURS: Readonly<Record<string, string>> = {
  31: "#f47067",
  32: "#7ee787",
  33: "#e3b341",
  34: "#79c0ff",
  35: "#d2a8ff",
  36: "#76e3ea",
  90: "#8b949e",
};

interface Style {
  readonly bold: boolean;
  readonly dim: boolean;
  readonly colour: string | undefined;
}
const PLAIN: Style = { bold: false, dim: false, colour: undefined };

function styled(before: Style, codes: string): Style {
  let style = before;
  for (const code of codes === "" ? ["0"] : codes.split(";")) {
    if (code === "0") style = PLAIN;
    else if (code === "1") style = { ...style, bold: true };
    else if (code === "2") style = { ...style, dim: true };
    else if (code === "22") style = { ...style, bold: false, dim: false };
    else if (code === "39") style = { ...style, colour: undefined };
    else style = { ...style, colour: COLOURS[code] ?? style.colour };
  }
  return style;
}

function escaped(text: string): string {
  return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
}

/** One line's spans, each placed by its column, so that a font with other widths keeps the columns. */
function drawn(line: string, top: number, from: Style): { readonly svg: string; readonly style: Style } {
  let style = from;
  let column = 0;
  let svg = "";
  const esc = String.fromCharCode(27);
  for (const piece of line.split(new RegExp(`(${esc}\\[[0-9;]*m)`))) {
    const codes = piece.startsWith(esc) ? piece.slice(2, -1) : undefined;
    if (codes !== undefined) {
      style = styled(style, codes);
      continue;
    }
    if (piece.trim() !== "") {
      const { bold, dim, colour } = style;
      const looks = `${bold ? ' font-weight="bold"' : ""}${dim ? ' opacity="0.65"' : ""}${colour === undefined ? "" : ` fill="${colour}"`}`;
      const width = ((piece.length * CELL * 10) | 0) / 10;
      svg += `<text x="${(PAD + column * CELL).toFixed(1)}" y="${top}" textLength="${width}"${looks} xml:space="preserve">${escaped(piece)}</text>`;
    }
    column += piece.length;
  }
  return { svg, style };
}

const lines = readFileSync(0, "utf8").trimEnd().split("\n");
const plainLength = (line: string) => line.replace(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g"), "").length;
const width = PAD * 2 + CELL * Math.max(80, ...lines.map(plainLength));
const height = PAD * 2 + LINE * lines.length;
let style = PLAIN;
const body = lines.map((line, index) => {
  const one = drawn(line, PAD + LINE * (index + 1) - 4, style);
  style = one.style;
  return one.svg;
});
process.stdout.write(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, monospace" font-size="14" fill="#e6edf3"><title>What a terminal shows after npm run eval</title><rect width="100%" height="100%" rx="8" fill="#0d1117"/>${body.filter((svg) => svg !== "").join("\n")}</svg>\n`,
);
