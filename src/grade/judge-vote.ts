/** What one judge says of one answer: a label that was offered, with its evidence, or why there is none. */
import type { Completion } from "../suite/completion.ts";
import type { GradeContext } from "../suite/grade.ts";
import type { Model, Parameters } from "../suite/model.ts";
import { evidenceProblem } from "./evidence.ts";
import { type Again, CANNOT_JUDGE, type JudgePrompt, judgeMessages } from "./judge-prompt.ts";
import { readVerdict } from "./judge-verdict.ts";
import type { Vote } from "./panel.ts";

/** UTF-16 units of a quotation that a grade keeps. */
const QUOTE_SHOWN = 500;

/** One judge's vote: asked twice at most. */
export async function voteOf(
  model: Model,
  prompt: JudgePrompt,
  offered: readonly string[],
  parameters: Parameters,
  context: GradeContext,
): Promise<Vote> {
  let why = "";
  let again: Again | undefined;
  for (const attempt of [1, 2]) {
    const completion = await context.ask(model, judgeMessages(prompt, again), { parameters, attempt });
    again = "form";
    const refused = refusalOf(completion);
    if (refused !== undefined) return { kind: "failed", why: refused };
    if (completion.kind !== "answer") continue;
    if (completion.finish === "length") {
      why = "the token limit cut the reply";
      continue;
    }
    const verdict = readVerdict(completion.text, offered);
    if (!verdict.found) {
      why = verdict.why;
      continue;
    }
    const { label, reason = "", quote } = verdict;
    if (label === CANNOT_JUDGE) return { kind: "cannot-tell", why: reason };
    if (!prompt.evidence.includes(label)) return { kind: "label", label, why: reason };
    const problem = evidenceProblem(quote, prompt.answer);
    if (problem === undefined) return { kind: "label", label, why: reason, quote: (quote ?? "").slice(0, QUOTE_SHOWN) };
    why = `${label} is not shown: ${problem}`;
    again = "quote";
  }
  return { kind: again === "quote" ? "no-evidence" : "unparsed", why };
}

function refusalOf(completion: Completion): string | undefined {
  if (completion.kind === "failure") return `${completion.code}: ${completion.message}`;
  if (completion.finish === "refusal") return "the judge refused";
  return completion.finish === "filtered" ? "the provider's filter stopped the judge" : undefined;
}
