/**
 * Finds the training examples that a case repeats, word for word or nearly. A case often brings a field that no example has, such as the passage that
 * one prompt shows, or the other way about: only the fields that both have are compared, else the one more would hide that the question is the same.
 * Texts are compared after NFKC, letter case and white space are folded.
 */
import { foldedText } from "../suite/same-question.ts";
import type { Example } from "./examples.ts";

/** Words in a row that are compared, and the share of them (Jaccard) from which two texts are nearly the same. */
const SHINGLE = 5;
const NEARLY = 0.85;
/** Share of the examples that common fields must tell apart: a field such as the language, the same in most, does not say what is asked. */
const TELLING = 0.1;

/** Names of an input's fields in their order, or `whole` for an input that is no object. */
type Fields = readonly string[] | "whole";

/** The examples of one text. */
interface Known {
  readonly examples: readonly Example[];
  /** How many different rows of words it has. */
  readonly shingles: number;
}

/** Examples by their text. */
interface Index {
  /** What of an input is compared. */
  readonly fields: Fields;
  readonly known: ReadonlyMap<string, Known>;
  readonly byShingle: ReadonlyMap<string, readonly string[]>;
}

/**
 * Returns what tells for a case's input which of the examples it repeats, in their order; none for most. Inputs with the same fields, with none in
 * common, or with only such as do not tell the examples apart are compared as a whole.
 */
export function createRepeatedExamples(examples: readonly Example[]): (input: unknown) => readonly Example[] {
  const alike = new Map<string, Example[]>();
  for (const example of examples) {
    const name = JSON.stringify(fieldsOf(example.input));
    const others = alike.get(name);
    if (others === undefined) alike.set(name, [example]);
    else others.push(example);
  }
  const indexes = new Map<string, readonly Index[]>();
  return (input) => {
    const name = JSON.stringify(fieldsOf(input));
    const known = indexes.get(name) ?? [...alike.values()].map((some) => indexFor(input, some));
    indexes.set(name, known);
    return known.flatMap((index) => {
      const text = textOf(input, index.fields);
      return (index.known.get(text) ?? nearest(text, index))?.examples ?? [];
    });
  };
}

/** All texts of an input, or those of some fields, in the order of its keys and folded. */
export function textOf(input: unknown, fields: Fields = "whole"): string {
  return foldedText(textsOf(input, fields).join(" "));
}

/** @param examples one or more that all have the same fields */
function indexFor(input: unknown, examples: readonly Example[]): Index {
  const own = fieldsOf(input);
  const theirs = fieldsOf(examples[0]?.input);
  if (own === "whole" || theirs === "whole") return indexOn("whole", examples);
  const common = own.filter((field) => theirs.includes(field));
  if (common.length === own.length && common.length === theirs.length) return indexOn("whole", examples);
  const index = indexOn(common, examples);
  return common.length > 0 && index.known.size >= TELLING * examples.length ? index : indexOn("whole", examples);
}

function indexOn(fields: Fields, examples: readonly Example[]): Index {
  const known = new Map<string, { readonly examples: Example[]; readonly shingles: number }>();
  const byShingle = new Map<string, string[]>();
  for (const example of examples) {
    const text = textOf(example.input, fields);
    const same = known.get(text);
    if (same !== undefined) {
      same.examples.push(example);
      continue;
    }
    const shingles = shinglesOf(text);
    known.set(text, { examples: [example], shingles: shingles.size });
    for (const shingle of shingles) {
      const list = byShingle.get(shingle);
      if (list === undefined) byShingle.set(shingle, [text]);
      else list.push(text);
    }
  }
  return { fields, known, byShingle };
}

/** Examples that have nearly the same words in a row. */
function nearest(text: string, { known, byShingle }: Index): Known | undefined {
  const own = shinglesOf(text);
  const shared = new Map<string, number>();
  for (const shingle of own) {
    for (const other of byShingle.get(shingle) ?? []) shared.set(other, (shared.get(other) ?? 0) + 1);
  }
  for (const [other, both] of shared) {
    const found = known.get(other);
    if (found !== undefined && both / (own.size + found.shingles - both) >= NEARLY) return found;
  }
  return undefined;
}

function shinglesOf(text: string): ReadonlySet<string> {
  const words = text.split(" ");
  const shingles = new Set<string>();
  for (let at = 0; at + SHINGLE <= words.length; at++) shingles.add(words.slice(at, at + SHINGLE).join(" "));
  return shingles;
}

function fieldsOf(input: unknown): Fields {
  return typeof input === "object" && input !== null && !Array.isArray(input) ? Object.keys(input).sort() : "whole";
}

function textsOf(value: unknown, fields: Fields = "whole"): readonly string[] {
  if (typeof value === "string") return [value];
  if (typeof value === "number" || typeof value === "boolean") return [String(value)];
  if (Array.isArray(value)) return value.flatMap((member) => textsOf(member));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value)
    .filter(([name]) => fields === "whole" || fields.includes(name))
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, member]) => textsOf(member));
}
