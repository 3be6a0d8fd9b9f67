/** Texts that differ from an answer only in what models add around it: a lead-in line, a closing line, Markdown asterisks. */

/**
 * The text itself first, then without asterisks, without its first line, its last, both, and each of these without asterisks.
 * The same variants as in "Instruction-Following Evaluation for Large Language Models" (Zhou et al., 2023). Blank ones are left out.
 */
export function looseVariants(text: string): readonly string[] {
  const lines = text.split("\n");
  const cut = [lines.slice(1), lines.slice(0, -1), lines.slice(1, -1)].map((kept) => kept.join("\n").trim());
  const all = [text, ...cut].flatMap((variant) => [variant, variant.replaceAll("*", "")]);
  return [...new Set(all)].filter((variant) => variant.trim() !== "");
}
