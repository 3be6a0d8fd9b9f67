/** A grader's arguments, as hashes of a run see them. */
import type { Grader } from "../suite/grade.ts";
import type { JsonObject } from "../suite/json.ts";
import type { Model } from "../suite/model.ts";

/**
 * As they were declared; where a judge's replies are recorded, its arguments name the judge that was recorded, so that replaying changes no hash.
 * @param judges as declared, to the same with their paths resolved
 */
export function graderArguments(
  { args, asks }: Pick<Grader, "args" | "asks">,
  judges: ReadonlyMap<Model, Model>,
): JsonObject {
  const asked = asks.map((model) => judges.get(model) ?? model);
  if (asked.every(({ recording }) => recording === undefined)) return args;
  return { ...args, judges: asked.map(({ identity }) => identity) };
}
