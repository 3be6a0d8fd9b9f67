/** Which models were made of one another: a judge favours answers of its own kind (Panickssery et al. 2024, arXiv 2404.13076). */
import { ConfigError } from "../errors.ts";
import type { Model } from "../suite/model.ts";

/**
 * Beginnings of model ids by family, as of 2026-11. A family is a maker's line of models with what is distilled from it under its own name. An id is read part by part, parted at
 * `/`, `:` and, for `vendor.model`, at dots: `ft:gpt-5.4-mini:acme::8x2`, `meta-llama/Llama-3.1-8B`, `us.anthropic.claude-haiku-4-5`. The first part that fits counts.
 */
const BEGINNINGS: Readonly<Record<string, readonly string[]>> = {
  gpt: ["gpt", "chatgpt", "davinci", "babbage", "text-davinci", "o1", "o3", "o4"],
  claude: ["claude"],
  gemini: ["gemini", "gemma", "codegemma", "palm"],
  llama: ["llama", "codellama", "meta-llama", "tinyllama"],
  qwen: ["qwen", "qwq", "qvq"],
  mistral: ["mistral", "open-mistral", "mixtral", "open-mixtral", "ministral", "magistral", "codestral", "devstral"],
  deepseek: ["deepseek"],
  command: ["command-r", "command-a", "c4ai-command", "aya-"],
  phi: ["phi-", "phi3", "phi4"],
  grok: ["grok"],
  glm: ["glm-", "chatglm"],
  kimi: ["kimi", "moonshot"],
  nova: ["nova-", "amazon-nova"],
  granite: ["granite"],
  smollm: ["smollm"],
  olmo: ["olmo"],
  falcon: ["falcon"],
  internlm: ["internlm"],
  baichuan: ["baichuan"],
  hunyuan: ["hunyuan"],
  ernie: ["ernie"],
  doubao: ["doubao"],
  yi: ["yi-"],
  jamba: ["jamba"],
};

/** The family of a model: as stated, else by its id; undefined where nobody knows. Lower case. */
export function familyOf({ family, id }: Pick<Model, "family" | "id">): string | undefined {
  if (family !== undefined) return family.trim().toLowerCase();
  for (const part of partsOf(id.toLowerCase())) {
    for (const [name, beginnings] of Object.entries(BEGINNINGS)) {
      if (beginnings.some((beginning) => part.startsWith(beginning))) return name;
    }
  }
  return undefined;
}

function partsOf(id: string): string[] {
  return id.split(/[/:]/).flatMap((part) => {
    // "us.anthropic.claude-…" names its vendor in front; the dots of "qwen2.5" stand behind a digit.
    const vendors = /^(?:[a-z-]+\.)+/.exec(part)?.[0].length ?? 0;
    return vendors === 0 ? [part] : [part, part.slice(vendors)];
  });
}

/** Throws `ConfigError` for a stated family that is none. */
export function checkFamily(where: string, family: unknown): void {
  if (family === undefined || (typeof family === "string" && /^[\p{L}\p{N}][\p{L}\p{N}._ -]{0,39}$/u.test(family)))
    return;
  throw new ConfigError("model-family", `${where}: family is ${JSON.stringify(family)}`, {
    place: { path: "family" },
    fix: 'Name what the model was made from, such as family: "llama", in 40 letters, digits, dots and dashes at most.',
  });
}
