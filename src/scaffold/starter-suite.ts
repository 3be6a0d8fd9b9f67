/** The first suite of a new user, as TypeScript: short, whole, and ready to be changed. */

export type Provider = "openai" | "anthropic" | "example";

export interface SuiteChoices {
  /** Lower case, digits and hyphens; also the names of its files. */
  readonly name: string;
  readonly provider: Provider;
}

const MODELS: Readonly<Record<Exclude<Provider, "example">, { readonly door: string; readonly base: string }>> = {
  openai: { door: "openai", base: "gpt-5.4-mini" },
  anthropic: { door: "anthropic", base: "claude-haiku-4-5" },
};

/** Of all providers that `gapcheck init` knows. */
export const KEYS = ["OPENAI_API_KEY", "ANTHROPIC_API_KEY"] as const;

/** The environment variable that holds the provider's key; undefined where none is needed. */
export function keyOf(provider: Provider): string | undefined {
  return provider === "example" ? undefined : `${provider.toUpperCase()}_API_KEY`;
}

export function suiteText({ name, provider }: SuiteChoices): string {
  const example = provider === "example";
  const door = example ? "recorded" : MODELS[provider].door;
  const imports = [
    "choice",
    "defineSuite",
    "file",
    ...(example ? ["fineTuned"] : []),
    "jsonl",
    door,
    "promptOnly",
  ].sort();
  const model = example
    ? `// Answers made up for the example, so that this runs at once. Put a model in their place: openai("gpt-5.4-mini"), anthropic(…), local(…).
// Its key is read from the environment; checks of pull requests have it from the repository's secrets: gh secret set OPENAI_API_KEY.
const base = recorded("../datasets/${name}.answers.jsonl", { id: "made up" });`
    : `const base = ${door}("${MODELS[provider].base}");`;
  const tuned = example
    ? `
    fineTuned("tuned", {
      model: recorded("../datasets/${name}.answers.jsonl", { id: "tuned, made up" }),
      prompt: { user: "{{message}}" },
      tunedFrom: base,
      trainingExamples: 200,
    }),`
    : `
    // Once there is a tuned model, import fineTuned and add it here; the gap is then measured on the same cases:
    // fineTuned("tuned", { model: ${door}("id of the tuned model"), prompt: { user: "{{message}}" }, tunedFrom: base }),`;
  return `/** Is a better prompt enough, or do we have to fine-tune? Change cases, prompts and requirement to your own. */
import { ${imports.join(", ")} } from "gapcheck";

interface Input {
  message: string;
}

${model}

export default defineSuite({
  name: "${name}",
  scenario: "cost",${example ? "\n  example: true," : ""}
  description: "Sorts messages by who should answer them.",
  cases: jsonl<Input, string>("../datasets/${name}.jsonl"),
  targets: [
    promptOnly("plain", { model: base, prompt: { system: "Name the topic of the message.", user: "{{message}}" } }),
    promptOnly("definitions", { model: base, prompt: { system: file("prompts/${name}.md"), user: "{{message}}" } }),${tuned}
  ],
  graders: [choice({ options: ["billing", "delivery", "technical", "other"] })],
  requirement: { quality: { atLeast: 0.8 } },
  // Against the baseline on main, 44 test cases rule out a drop of 10 points, not of 3. More cases, or trials: [1, 3, 5], see less.
  gate: { margin: 0.1 },
});
`;
}

export const PROMPT = `Sort the message of a customer. Answer with one word and nothing else:

billing: payments, invoices, refunds
delivery: parcels, couriers, addresses
technical: apps, accounts, devices that do not work
other: anything else
`;
