/**
 * What makes two calls the same call, and two grades the same grade: SHA-256 over canonical JSON with a version inside.
 * Everything that changes the output is in the key and nothing else is: names of suites and targets, concurrency and timeouts are not.
 */
import { hash } from "node:crypto";
import canonicalize from "canonicalize";
import { DEFAULT_MAX_TOKENS } from "../model/parameters.ts";
import type { Answer } from "../suite/completion.ts";
import type { Grader } from "../suite/grade.ts";
import type { Message, Model, Parameters } from "../suite/model.ts";

/** Raised when the shape below changes: no key of an older version is then found again. */
const VERSION = 1;

/**
 * The model's own parameters overruled by the target's; absent ones are left out. `maxTokens` is always there, although it has a
 * default: a later default must not pass for this one.
 */
export function effectiveParameters(model: Pick<Model, "parameters">, overrule: Parameters = {}): Parameters {
  const merged: Record<string, unknown> = { maxTokens: DEFAULT_MAX_TOKENS };
  for (const source of [model.parameters, overrule]) {
    for (const [name, value] of Object.entries(source)) if (value !== undefined) merged[name] = value;
  }
  return merged as Parameters;
}

/** The part of a call's key that all calls of one model with one set of parameters share: computed once per target. */
export type CallIdentity = string & { readonly brand?: "CallIdentity" };

export function callIdentity(model: Pick<Model, "identity">, parameters: Parameters): CallIdentity {
  return `"model":${canonical(model.identity)},"parameters":${canonical(parameters)}`;
}

/** Canonical text of a prompt: computed once for all trials of a case. */
export function promptText(messages: readonly Message[]): string {
  return `[${messages.map(messageText).join(",")}]`;
}

/**
 * `promptText` for the prompts of one target, one after the other: a message that is the same as the one before at its place (a system text, an example)
 * is not written anew.
 */
export function promptTexts(): (messages: readonly Message[]) => string {
  const before: { readonly message: Message; readonly text: string }[] = [];
  return (messages) => {
    let text = "";
    for (let at = 0; at < messages.length; at++) {
      const message = messages[at];
      if (message === undefined) continue;
      let known = before[at];
      if (known?.message.content !== message.content || known.message.role !== message.role) {
        known = { message, text: messageText(message) };
        before[at] = known;
      }
      text += at === 0 ? known.text : `,${known.text}`;
    }
    return `[${text}]`;
  };
}

function messageText({ content, role }: Message): string {
  return `{"content":${JSON.stringify(content)},"role":${JSON.stringify(role)}}`;
}

/**
 * Key of one call, 64 hex digits: SHA-256 of the canonical JSON of `{ messages, model, parameters, trial, v }`. `trial` is 1-based; for a judge
 * it is the attempt.
 */
export function callKey(identity: CallIdentity, prompt: string, trial: number): string {
  return hash("sha256", `{"messages":${prompt},${identity},"trial":${trial},"v":${VERSION}}`, "hex");
}

/** The part of a grade's key that all grades of one grader share. */
export type GraderIdentity = string & { readonly brand?: "GraderIdentity" };

export function graderIdentity(grader: Grader): GraderIdentity {
  const judges = grader.asks.map(({ identity, parameters }) => ({ identity, parameters }));
  // The order of its arguments may show in what a judge is asked (that of labels does), so that it counts here.
  const args = JSON.stringify(grader.args);
  return `"grader":${canonical({ args, judges, kind: grader.kind, version: grader.version })}`;
}

/**
 * Key of one grade, 64 hex digits: the output as returned, why the model stopped, the content of the case (its fingerprint holds `input` and
 * `expected`), and the grader with its judges. Neither the target nor the trial: equal outputs are graded equally.
 */
export function gradeKey(grader: GraderIdentity, answer: Pick<Answer, "text" | "finish">, fingerprint: string): string {
  const output = hash("sha256", JSON.stringify(answer.text), "hex");
  return hash(
    "sha256",
    `{"case":"${fingerprint}","finish":"${answer.finish}",${grader},"output":"${output}","v":${VERSION}}`,
    "hex",
  );
}

/**
 * Canonical JSON (RFC 8785). RFC 8785 has no form for lone surrogates; such a value is written with its keys sorted and the surrogates
 * escaped, which is as unambiguous. Throws TypeError for what JSON cannot hold (NaN, functions, cycles).
 */
export function canonical(value: unknown): string {
  if (isWellFormed(value)) {
    const text = canonicalize(value);
    if (text === undefined) throw new TypeError(`JSON cannot hold ${typeof value}`);
    return text;
  }
  return escaped(value);
}

function isWellFormed(value: unknown): boolean {
  if (typeof value === "string") return value.isWellFormed();
  if (typeof value !== "object" || value === null) return true;
  for (const [key, inner] of Object.entries(value)) if (!key.isWellFormed() || !isWellFormed(inner)) return false;
  return true;
}

function escaped(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(escaped).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    const members = Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, inner]) => `${JSON.stringify(key)}:${escaped(inner)}`);
    return `{${members.join(",")}}`;
  }
  if (typeof value === "number" && !Number.isFinite(value)) throw new TypeError(`JSON cannot hold ${value}`);
  const text = JSON.stringify(value);
  if (text === undefined) throw new TypeError(`JSON cannot hold ${typeof value}`);
  return text;
}
