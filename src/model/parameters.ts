/** Checks decoding parameters, tells them apart from a model's other options, and writes them as JSON for the model's identity. */
import { ConfigError } from "../errors.ts";
import type { JsonObject } from "../suite/json.ts";
import type { Parameters } from "../suite/model.ts";

/** Where neither suite nor target says how long an answer may be, tokens. */
export const DEFAULT_MAX_TOKENS = 1_024;

const NAMES = [
  "temperature",
  "topP",
  "maxTokens",
  "seed",
  "stop",
  "reasoningEffort",
  "schema",
  "extra",
] as const satisfies readonly (keyof Parameters)[];

/** Fields of a request that belong to the harness: `extra` must not overrule them. */
const RESERVED = new Set(["model", "messages", "input", "instructions", "system", "stream", "n", "background"]);

/** Picks the parameters out of a model's options. Throws `ConfigError` (`parameter-…`) for a wrong one and for an unknown option. */
export function takeParameters(
  where: string,
  options: Readonly<Record<string, unknown>> & Parameters,
  others: readonly string[],
): Parameters {
  for (const name of Object.keys(options)) {
    if (others.includes(name) || NAMES.some((known) => known === name)) continue;
    throw new ConfigError("parameter-unknown", `${where}: no option ${JSON.stringify(name)}`, {
      place: { path: name },
      fix: `Options are ${[...others, ...NAMES].join(", ")}; anything else for the server goes into extra.`,
    });
  }
  const { temperature, topP, maxTokens, seed, stop, reasoningEffort, schema, extra } = options;
  const parameters: Parameters = {
    ...(temperature !== undefined && { temperature }),
    ...(topP !== undefined && { topP }),
    ...(maxTokens !== undefined && { maxTokens }),
    ...(seed !== undefined && { seed }),
    ...(stop !== undefined && { stop }),
    ...(reasoningEffort !== undefined && { reasoningEffort }),
    ...(schema !== undefined && { schema }),
    ...(extra !== undefined && { extra }),
  };
  const wrong = wrongParameter(parameters);
  if (wrong !== undefined) {
    throw new ConfigError("parameter-invalid", `${where}: ${wrong.name} ${wrong.problem}`, {
      place: { path: wrong.name },
      fix: wrong.fix,
    });
  }
  return parameters;
}

export interface WrongParameter {
  readonly name: string;
  readonly problem: string;
  readonly fix: string;
}

/** The first parameter that no provider could take; undefined when all are fine. */
export function wrongParameter(parameters: Parameters): WrongParameter | undefined {
  const { temperature, topP, maxTokens, seed, stop, schema, extra } = parameters;
  if (temperature !== undefined && !(temperature >= 0 && temperature <= 2)) {
    return { name: "temperature", problem: `is ${temperature}`, fix: "Write a number from 0 to 2." };
  }
  if (topP !== undefined && !(topP > 0 && topP <= 1)) {
    return { name: "topP", problem: `is ${topP}`, fix: "Write a number above 0, at most 1." };
  }
  if (maxTokens !== undefined && !(Number.isSafeInteger(maxTokens) && maxTokens >= 1)) {
    return { name: "maxTokens", problem: `is ${maxTokens}`, fix: "Write a whole number of at least 1." };
  }
  if (seed !== undefined && !Number.isSafeInteger(seed)) {
    return { name: "seed", problem: `is ${seed}`, fix: "Write a whole number." };
  }
  if (stop?.some((text) => text === "")) {
    return { name: "stop", problem: "holds an empty text", fix: "Remove it: it would stop every answer at once." };
  }
  if (schema !== undefined && !/^[A-Za-z0-9_-]{1,64}$/.test(schema.name)) {
    return { name: "schema.name", problem: "has other characters", fix: "Use up to 64 letters, digits, _ and -." };
  }
  const taken = Object.keys(extra ?? {}).find((name) => RESERVED.has(name));
  if (taken !== undefined) {
    return { name: `extra.${taken}`, problem: "is set by gapcheck itself", fix: "Remove it from extra." };
  }
  return undefined;
}

/** Parameters as JSON, absent ones left out: a part of a model's identity. */
export function parametersJson(parameters: Parameters): JsonObject {
  const { schema, stop, ...plain } = parameters;
  return {
    ...plain,
    ...(stop !== undefined && { stop: [...stop] }),
    ...(schema !== undefined && { schema: { name: schema.name, schema: schema.schema } }),
  };
}
