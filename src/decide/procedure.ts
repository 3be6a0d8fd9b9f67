/** The questions that lead to a verdict, in their order, each with its answer: what a reader checks the verdict by. */
import type { ProcedureStep, Reason } from "./decision.ts";
import type { Found } from "./evidence.ts";
import { notSplit } from "./forms.ts";
import { GATES, type GateName } from "./gates.ts";
import { counted } from "./in-words.ts";
import { blockingOf, inWords, oneFormNames, resultsAt, withoutEcho } from "./reasons.ts";
import { formExplains, type Ruling } from "./rule.ts";

const ASKED: Readonly<Record<GateName, string>> = {
  pushed: "Was prompting pushed to its limit?",
  cheaper: "Does nothing cheaper do?",
  data: "Are there enough good examples?",
  venue: "Does somebody train and serve it?",
  money: "Does it pay?",
};

const FORM_TRIED = "Output held to the form was tried or is waived, so tuning is asked on.";

const TUNED = "Does the tuned model do what prompting does not?";

/**
 * @param invalid why no verdict may be given; empty when one may
 * @param ruling absent without a prompt-only target
 */
export function procedureOf(
  invalid: readonly Reason[],
  ruling: Ruling | undefined,
  found: Found | undefined,
): ProcedureStep[] {
  const tuned = found?.tuned !== undefined;
  const later = tuned ? [TUNED] : GATES.map((gate) => ASKED[gate]);
  const notAsked = (questions: readonly string[]) =>
    questions.map((question): ProcedureStep => ({ question, answer: "not-asked", why: "" }));
  const [first] = invalid;
  const valid: ProcedureStep = {
    question: "May these figures decide?",
    answer: first === undefined ? "yes" : "no",
    why: first?.text ?? "",
  };
  const enough = "Is prompting enough?";
  const form = "Is it the format alone that is missing?";
  if (first !== undefined || ruling === undefined || found === undefined)
    return [valid, ...notAsked([enough, form, ...later])];
  const blocking = blockingOf(found.prompt);
  const failed = "failed" in ruling ? resultsAt(found.prompt, ruling.failed) : [];
  const open = "open" in ruling ? resultsAt(found.prompt, ruling.open) : [];
  if (failed.length === 0) {
    const isOpen = ruling.kind === "INCONCLUSIVE";
    const why = isOpen
      ? `Not settled: ${withoutEcho(open).map(inWords).join("; ")}.`
      : `${counted(blocking.length, "blocking requirement")} held against the best prompt; none is missed.`;
    return [valid, { question: enough, answer: isOpen ? "open" : "yes", why }, ...notAsked([form, ...later])];
  }
  const missed: ProcedureStep = {
    question: enough,
    answer: "no",
    why: `Missed: ${withoutEcho(failed).map(inWords).join("; ")}.`,
  };
  const positions = "failed" in ruling ? ruling.failed : [];
  const names = oneFormNames(found.oneForm, positions);
  const unsplit = names.length === 0 ? "" : `${notSplit(names).replace(/^n/, "N")}.`;
  if (tuned) return [valid, missed, ...tunedSteps(ruling, found, unsplit)];
  if (ruling.code === "format-first")
    return [valid, missed, { question: form, answer: "yes", why: "" }, ...notAsked(later)];
  if (ruling.code === "format-open")
    return [valid, missed, { question: form, answer: "open", why: unsplit }, ...notAsked(later)];
  const last = "gate" in ruling ? GATES.indexOf(ruling.gate) : GATES.length - 1;
  const steps = GATES.map((gate, at): ProcedureStep => {
    const finding = found.gates?.[gate];
    if (at > last || finding === undefined) return { question: ASKED[gate], answer: "not-asked", why: "" };
    const answer = finding.state === "passed" ? "yes" : finding.state === "stopped" ? "no" : "open";
    return { question: ASKED[gate], answer, why: finding.why };
  });
  const explains = formExplains(found, positions);
  const held = explains === "no" || found.formTried !== true ? "" : FORM_TRIED;
  const why = [unsplit, held].filter((part) => part !== "").join(" ");
  return [valid, missed, { question: form, answer: explains, why }, ...steps];
}

/** What the tuned target shows, and what came first all the same. */
function tunedSteps(ruling: Ruling, { gates }: Found, unsplit: string): ProcedureStep[] {
  const question = TUNED;
  const inForm = ruling.code === "format-first" || ruling.code === "format-open";
  if (inForm) {
    const answer = ruling.code === "format-first" ? "yes" : "open";
    return [
      { question, answer: "yes", why: "" },
      { question: "Is it the format alone that it gains?", answer, why: answer === "open" ? unsplit : "" },
    ];
  }
  if ("gate" in ruling) {
    const why = gates?.[ruling.gate].why ?? "";
    return [
      { question, answer: "yes", why: "" },
      { question: ASKED[ruling.gate], answer: "no", why },
    ];
  }
  const answer = ruling.kind === "CONFIRMED" ? "yes" : ruling.kind === "REJECTED" ? "no" : "open";
  return [{ question, answer, why: "" }];
}
