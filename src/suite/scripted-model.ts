/** A model for tests: answers by a function, without money, keys or network. */
import type { Model, ModelRequest } from "./model.ts";

export function scriptedModel(answer: (request: ModelRequest) => string): Model {
  return {
    provider: "fake",
    id: "scripted",
    account: "fake",
    identity: { provider: "fake", id: "scripted" },
    parameters: {},
    answers: "paid",
    complete: async (request) => ({ kind: "answer", text: answer(request), finish: "stop" }),
  };
}
