/** Checks that a row is a case. Mistakes come back as values, so that a file's can be told together. */
import { ConfigError, type Place } from "../errors.ts";
import type { Case, Split } from "../suite/case.ts";
import { didYouMean } from "../suite/closest.ts";

/** A checked case, or why it is none. */
export type CheckedCase =
  | { readonly ok: true; readonly case: Case }
  | { readonly ok: false; readonly mistakes: readonly ConfigError[] };

/** Beyond these a sum of weights loses the other cases, or all of them. */
const LEAST_WEIGHT = 1e-6;
const MOST_WEIGHT = 1e6;

const KEYS: readonly string[] = ["id", "input", "expected", "cluster", "tags", "weight", "split"];

/** @param place of the row; messages about a field add its name as the path. */
export function checkCase(value: unknown, place: Place): CheckedCase {
  const sound = isRecord(value) ? soundCase(value) : undefined;
  return sound === undefined ? checkFields(value, place) : { ok: true, case: sound };
}

/** Most rows are cases. Others, and what this does not understand, are gone through field by field, which has the last word. */
function soundCase(value: Readonly<Record<string, unknown>>): Case | undefined {
  const one: { -readonly [Field in keyof Case]: Case[Field] } = { id: "", input: undefined };
  for (const key of Object.keys(value)) {
    const given = value[key];
    switch (key) {
      case "id":
        if (typeof given !== "string" || given !== given.trim()) return undefined;
        one.id = given;
        break;
      case "input":
        if (typeof given !== "string" && !isRecord(given)) return undefined;
        one.input = given;
        break;
      case "expected":
        if (given === undefined || given === null) return undefined;
        one.expected = given;
        break;
      case "cluster":
        if (typeof given !== "string" || given.trim() === "") return undefined;
        one.cluster = given;
        break;
      case "weight":
        if (typeof given !== "number" || !(given >= LEAST_WEIGHT && given <= MOST_WEIGHT)) return undefined;
        one.weight = given;
        break;
      case "split":
        if (given !== "dev" && given !== "test") return undefined;
        one.split = given;
        break;
      case "tags":
        if (!Array.isArray(given) || !given.every((tag) => typeof tag === "string" && tag.trim() !== "")) {
          return undefined;
        }
        one.tags = given;
        break;
      default:
        return undefined;
    }
  }
  return one.id === "" || one.input === undefined ? undefined : one;
}

function checkFields(value: unknown, place: Place): CheckedCase {
  if (!isRecord(value)) {
    const message = `a case is an object, this is ${nameType(value)}`;
    const fix = 'Write { "id": "…", "input": … } on each line.';
    return { ok: false, mistakes: [new ConfigError("not-a-case", message, { place, fix })] };
  }
  const fields = new Map(Object.entries(value).filter(([, given]) => given !== undefined));
  const mistakes: ConfigError[] = [];
  const wrong = (field: string, code: string, message: string, fix: string) => {
    const path = place.path === undefined ? field : `${place.path}.${field}`;
    mistakes.push(new ConfigError(code, message, { place: { ...place, path }, fix }));
  };
  for (const key of fields.keys()) {
    if (KEYS.includes(key)) continue;
    wrong(
      key,
      "unknown-key",
      `a case has no "${key}".${didYouMean(key, KEYS)}`,
      `Keys are ${KEYS.join(", ")}; what a prompt shows belongs into input.`,
    );
  }
  const id = fields.get("id");
  if (typeof id === "number" || typeof id === "bigint") {
    wrong("id", "bad-id", `the id ${id} is a number`, `Write it in quotes: "${id}".`);
  } else if (typeof id !== "string" || id.trim() === "") {
    const message = id === undefined ? "the id is missing" : "the id is not a text with something in it";
    wrong("id", "bad-id", message, "Give every case an id of its own, in quotes.");
  } else if (id !== id.trim()) {
    wrong("id", "bad-id", `the id ${JSON.stringify(id)} begins or ends with a blank`, "Take the blanks away.");
  }
  const input = fields.get("input");
  if (typeof input !== "string" && !isRecord(input)) {
    const message = fields.has("input") ? `the input is ${nameType(input)}` : "the input is missing";
    wrong("input", "bad-input", message, "Make it a text, or an object whose fields are the prompt's variables.");
  }
  if (fields.get("expected") === null) {
    wrong("expected", "bad-expected", "expected is null", "Leave it out when nothing is expected.");
  }
  const cluster = fields.get("cluster");
  if (fields.has("cluster") && (typeof cluster !== "string" || cluster.trim() === "")) {
    wrong(
      "cluster",
      "bad-cluster",
      "the cluster is not a text with something in it",
      "Name it in quotes, or leave it out.",
    );
  }
  const tags = fields.get("tags");
  if (
    fields.has("tags") &&
    !(Array.isArray(tags) && tags.every((tag) => typeof tag === "string" && tag.trim() !== ""))
  ) {
    wrong("tags", "bad-tags", "the tags are not a list of texts", 'Write them as ["a", "b"], or leave them out.');
  }
  const weight = fields.get("weight");
  if (fields.has("weight") && !(typeof weight === "number" && Number.isFinite(weight) && weight > 0)) {
    const shown = typeof weight === "number" || typeof weight === "string" ? weight : nameType(weight);
    wrong("weight", "bad-weight", `the weight is ${shown}`, "Make it a number above 0; 1 is an ordinary case.");
  } else if (typeof weight === "number" && (weight < LEAST_WEIGHT || weight > MOST_WEIGHT)) {
    const fix = "Make it a number from 0.000001 to 1,000,000; 1 is an ordinary case.";
    wrong("weight", "bad-weight", `the weight is ${weight}, which no sum of weights can carry`, fix);
  }
  const split = fields.get("split");
  if (fields.has("split") && split !== "dev" && split !== "test") {
    wrong(
      "split",
      "bad-split",
      'the split is neither "dev" nor "test"',
      "Correct it, or leave it out to split by hash.",
    );
  }
  if (mistakes.length > 0) return { ok: false, mistakes };
  return {
    ok: true,
    case: {
      id: id as string,
      input,
      ...(fields.has("expected") ? { expected: fields.get("expected") } : {}),
      ...(fields.has("cluster") ? { cluster: cluster as string } : {}),
      ...(fields.has("tags") ? { tags: tags as readonly string[] } : {}),
      ...(fields.has("weight") ? { weight: weight as number } : {}),
      ...(fields.has("split") ? { split: split as Split } : {}),
    },
  };
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function nameType(value: unknown): string {
  if (value === null) return "null";
  return Array.isArray(value) ? "a list" : `a ${typeof value}`;
}
