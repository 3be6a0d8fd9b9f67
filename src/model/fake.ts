/** A model that is a function: for tests, for trying a suite, and for systems that are no model at all. */
import { createHash } from "node:crypto";
import { ConfigError, toError } from "../errors.ts";
import { createRedactor } from "../redact.ts";
import type { Answer, Completion, Failure, FailureCode } from "../suite/completion.ts";
import type { Model, ModelRequest, Price } from "../suite/model.ts";
import { type FailureDetails, failure } from "./failure.ts";
import { checkFamily } from "./families.ts";
import { checkPrice } from "./prices.ts";

/** What the function may give: the text, an answer in part (what is absent is filled in), or a failure. */
export type FakeReply = string | (Partial<Answer> & { readonly code?: never }) | Failure;

export interface FakeOptions {
  /** Default `fake`. Two fakes made by one piece of source with different values inside need different ids. */
  readonly id?: string;
  /** Default: free. */
  readonly price?: Price;
  /** Reported with each answer, milliseconds, instead of the time that the function took; nothing waits. */
  readonly latencyMs?: number;
  /** What the model was made from, such as "llama", where its id does not tell: a judge should be of another family than what it grades. Changes no key. */
  readonly family?: string;
}

const FREE: Price = {
  inputPerMillion: 0,
  outputPerMillion: 0,
  asOf: "2026-01-01",
  source: "a fake model costs nothing",
};

/**
 * A model that answers by calling `reply`. Its identity is its id and the SHA-256 of the function's source, so that editing the function
 * asks anew; values that the function takes from outside of itself are not seen. What it throws becomes a failure `threw`.
 */
export function fake(
  reply: (request: ModelRequest) => FakeReply | Promise<FakeReply>,
  options: FakeOptions = {},
): Model {
  const { id = "fake", price = FREE, latencyMs, family } = options;
  if (typeof reply !== "function") {
    throw new ConfigError("fake-function", "fake(): needs a function", { fix: 'Write fake((request) => "text").' });
  }
  if (latencyMs !== undefined && !(latencyMs >= 0 && Number.isFinite(latencyMs))) {
    throw new ConfigError("fake-latency", `fake(): latencyMs is ${latencyMs}`, {
      fix: "Write milliseconds of at least 0.",
    });
  }
  checkPrice("fake()", price);
  checkFamily("fake()", family);
  return {
    provider: "fake",
    id,
    ...(family !== undefined && { family }),
    account: "fake",
    identity: { provider: "fake", id, source: createHash("sha256").update(String(reply)).digest("hex") },
    parameters: {},
    answers: "paid",
    price,
    complete: async (request, world) => {
      const failed = (...[code, message, details]: [FailureCode, string, FailureDetails?]): Failure =>
        failure(code, message, createRedactor(world.env), details);
      if (request.signal.aborted) return failed("aborted", "stopped before it was asked", { retry: "never-sent" });
      const startedAt = world.monotonicMs();
      try {
        const given = await reply(request);
        return completed(given, latencyMs ?? Math.max(0, world.monotonicMs() - startedAt), id);
      } catch (thrown) {
        return failed("threw", `the fake model threw: ${toError(thrown).message}`);
      }
    },
  };
}

function completed(given: FakeReply, latencyMs: number, id: string): Completion {
  if (typeof given === "string") return { kind: "answer", text: given, finish: "stop", latencyMs, modelId: id };
  if (typeof given !== "object" || given === null) throw new TypeError("it must give a text, an answer or a failure");
  if (given.kind === "failure") return given;
  return { latencyMs, modelId: id, finish: "stop", text: "", ...given, kind: "answer" };
}
