/** A prompt-only target as code to paste into its suite. */
import type { Shots, TextFile } from "../suite/prompt.ts";
import type { Target } from "../suite/target.ts";

/**
 * TypeScript of the target, ending in a comma, one key a line. Texts are written as JSON, which holds whatever they hold.
 * @param model how the suite writes the model
 */
export function targetCode({ name, prompt, parameters }: Target, model: string): string {
  if (typeof prompt === "function") throw new Error("a prompt function has no code to show");
  const { system, user, shots, variables, ignore } = prompt;
  const lines = [
    ...(system === undefined ? [] : [`system: ${text(system)}`]),
    `user: ${text(user)}`,
    ...(shots === undefined ? [] : [`shots: ${shotsCode(shots)}`]),
    ...(variables === undefined ? [] : [`variables: ${literal(variables)}`]),
    ...(ignore === undefined ? [] : [`ignore: ${literal(ignore)}`]),
  ];
  return [
    `promptOnly(${literal(name)}, {`,
    `  model: ${model},`,
    "  prompt: {",
    ...lines.map((line) => `    ${line},`),
    "  },",
    ...(Object.keys(parameters).length === 0 ? [] : [`  parameters: ${literal(parameters)},`]),
    "}),",
  ].join("\n");
}

function shotsCode({ from, count, user, assistant }: Shots): string {
  const source = "kind" in from ? `${from.kind}(${literal(from.path)})` : literal(from);
  const templates = { ...(user === undefined ? {} : { user }), ...(assistant === undefined ? {} : { assistant }) };
  const more = Object.entries(templates).map(([key, value]) => `, ${key}: ${literal(value)}`);
  return `{ from: ${source}, count: ${count}${more.join("")} }`;
}

function text(given: string | TextFile): string {
  return typeof given === "string" ? literal(given) : `file(${literal(given.path)})`;
}

/** `{"a": 1}` as `{ a: 1 }` where keys allow. */
function literal(value: unknown): string {
  if (typeof value === "string") return quotedText(value);
  if (Array.isArray(value)) return `[${value.map(literal).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).filter(([, inner]) => inner !== undefined);
  return `{ ${members.map(([name, inner]) => `${key(name)}: ${literal(inner)}`).join(", ")} }`;
}

function key(name: string): string {
  // Elsewhere it is no key but the prototype.
  if (name === "__proto__") return '["__proto__"]';
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quotedText(name);
}

/** Nothing in it is a command to a CI runner, which would be disarmed on its way to a terminal and then be another text. */
function quotedText(given: string): string {
  return JSON.stringify(given).replace(/(##[a-z]*)\[/gi, "$1\\u005b");
}
