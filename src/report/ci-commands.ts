/**
 * Keeps printed text from being obeyed by a CI runner. GitHub reads a line that begins with `::`, after any spaces, and
 * `##[` anywhere in a line as a command; Azure and TeamCity read `##vso[` and `##teamcity[`.
 */

/** Look-alikes of one column, so that a laid-out line keeps its width. */
const COLON = "\ua789";
const BRACKET = "\u27e6";

/** Puts a look-alike into every command: `::error` becomes `꞉:error`, `##[error]` becomes `##⟦error]`. Widths do not change. */
export function disarmCommands(text: string): string {
  return text.replace(/^(\s*):(?=:)/gmu, `$1${COLON}`).replace(/##([a-z]*)\[/gi, `##$1${BRACKET}`);
}
