/** Whether a value written in a suite is what JSON can hold: only then do a case's fingerprint and its prompt mean what they say. */
import { DEEPEST } from "../suite/json-text.ts";

/** Why a value is not JSON, with the path to it (`.a[2]`, empty for the value itself); undefined when it is. Cycles count as too deep. */
export function jsonProblem(value: unknown, path = "", depth = 1): string | undefined {
  const here = path === "" ? "it" : path;
  switch (typeof value) {
    case "string":
      return value.isWellFormed() ? undefined : `${here} holds half of a surrogate pair`;
    case "boolean":
      return undefined;
    case "number":
      return Number.isFinite(value) ? undefined : `${here} is ${value}`;
    case "object":
      break;
    default:
      return `${here} is ${typeof value === "undefined" ? "undefined" : `a ${typeof value}`}`;
  }
  if (value === null) return undefined;
  if (depth > DEEPEST) return `${path.slice(0, 40)}… is nested more than ${DEEPEST} levels deep`;
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const problem = jsonProblem(item, `${path}[${index}]`, depth + 1);
      if (problem !== undefined) return problem;
    }
    return undefined;
  }
  const prototype: object | null = Object.getPrototypeOf(value);
  // By name: an object of another realm (a worker, a test runner's sandbox) has an `Object.prototype` of its own.
  if (prototype !== null && prototype.constructor.name !== "Object") return `${here} is not a plain object`;
  for (const [key, item] of Object.entries(value)) {
    if (!key.isWellFormed()) return `a key of ${here} holds half of a surrogate pair`;
    const problem = jsonProblem(item, `${path}.${key}`, depth + 1);
    if (problem !== undefined) return problem;
  }
  return undefined;
}
