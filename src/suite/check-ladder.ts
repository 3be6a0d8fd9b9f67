/** Mistakes of a suite's ladder that its schema cannot see: a rung is tried by targets that exist, and that try it as far as that can be seen. */
import type { ConfigError } from "../errors.ts";
import type { Word } from "./anchor.ts";
import type { GivenSuite } from "./check.ts";
import { didYouMean } from "./closest.ts";
import type { Parameters } from "./model.ts";
import type { Target } from "./target.ts";

type Add = (code: ConfigError["code"], path: string, message: string, fix: string, words?: readonly Word[]) => void;

/** What a claim says of its targets that is not so, and what to write instead. */
interface Unfounded {
  readonly message: string;
  readonly fix: string;
}

/** A rung is tried by targets that exist and are prompted only; what a declaration shows must not contradict the claim. */
export function checkLadder({ ladder, targets }: GivenSuite, add: Add): void {
  const all: readonly Target[] = Array.isArray(targets) ? targets : [];
  for (const [index, target] of all.entries()) if (isObject(target)) checkArm(target, index, add);
  const prompts = all.filter((target) => isObject(target) && target.role === "prompt-only");
  if (!isObject(ladder)) return;
  const names = prompts.map(({ name }) => name);
  for (const [rung, step] of Object.entries(ladder)) {
    if (!Array.isArray(step)) continue;
    const words = [{ key: "ladder" }, { key: rung }];
    for (const name of step.filter((one) => !names.includes(one))) {
      const message = `ladder.${rung} names "${name}", which no prompt-only target has.${didYouMean(name, names)}`;
      add("unknown-target", `ladder.${rung}`, message, `Prompt-only targets are: ${names.join(", ")}.`, [
        ...words,
        { quoted: name },
      ]);
    }
    const named = prompts.filter(({ name }) => step.includes(name));
    const unfounded = named.length === 0 ? undefined : unfoundedClaim(rung, named, prompts);
    if (unfounded !== undefined) add("unfounded-claim", `ladder.${rung}`, unfounded.message, unfounded.fix, words);
  }
}

/** Rungs that a declaration shows: examples, a schema, another model. Of the others the text of a prompt is all there is, and nobody can hold it against them. */
function unfoundedClaim(rung: string, named: readonly Target[], prompts: readonly Target[]): Unfounded | undefined {
  const list = named.map(({ name }) => `"${name}"`).join(", ");
  const instead = (reason: string) => `or waive it with the reason: "${rung}": { waived: "${reason}" }.`;
  if (rung === "few-shot" && !named.some(showsExamples)) {
    return {
      message: `ladder.few-shot says that ${list} shows examples, and none of them declares shots`,
      fix: `Give one of them shots, name one that has them, ${instead("the examples stand in the text of the prompt")}`,
    };
  }
  if (rung === "structured-output" && !named.some(isConstrained)) {
    return {
      message: `ladder.structured-output says that ${list} constrains the output, and none of them sends a schema`,
      fix: `Give one of them parameters: { schema }, name one that has it, ${instead("the provider cannot constrain an answer")}`,
    };
  }
  if (rung === "larger-model" && new Set(prompts.map(({ model }) => model?.id)).size < 2) {
    return {
      message: `ladder.larger-model names ${list}, and all prompts run on one model`,
      fix: `Add a prompt-only target with a larger or newer model, ${instead("there is none that may be used")}`,
    };
  }
  return undefined;
}

/** An arm that "cannot leave the form" has something that keeps it there. */
function checkArm(target: Target, index: number, add: Add): void {
  if (target.arm !== "constrained-output" || isConstrained(target)) return;
  add(
    "unfounded-claim",
    `targets[${index}].arm`,
    `"${target.name}" is said not to be able to leave the form, and it sends neither a schema nor parameters of a server's own`,
    'Give it parameters: { schema } (or `extra`, for what a compatible server calls it), or take arm: "constrained-output" away.',
    [{ quoted: target.name }, { key: "arm" }],
  );
}

/** A prompt that is code may show what it likes. */
function showsExamples({ prompt }: Target): boolean {
  return typeof prompt === "function" || (isObject(prompt) && prompt.shots !== undefined);
}

/** `extra` holds what compatible servers call a grammar; a prompt cannot tell. */
function isConstrained({ parameters, model }: Target): boolean {
  const constrains = (given: Parameters | undefined) => given?.schema !== undefined || given?.extra !== undefined;
  return constrains(parameters) || constrains(model?.parameters);
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
