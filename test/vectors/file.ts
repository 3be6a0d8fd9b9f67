/** Reads a file of reference vectors and says exactly what is wrong with one that is not. */
import { readFileSync } from "node:fs";
import type { Tolerance } from "./compare.ts";
import { isRecord } from "./input.ts";

/** One call with its reference result. */
export type Vector = { readonly id: string; readonly input: unknown; readonly expected: unknown };

/** The vectors of each function, and the tolerance they are compared with. */
export type VectorFile = {
  readonly functions: ReadonlyMap<string, readonly Vector[]>;
  readonly toleranceOf: (name: string) => Tolerance;
};

/** The file is missing or is not a file of vectors; the message tells which and where. */
export class VectorFileError extends Error {
  override name = "VectorFileError" as const;
}

const DEFAULT_TOLERANCE: Tolerance = { abs: 1e-9, rel: 1e-9 };

export function readVectorFile(path: string): VectorFile {
  let text: string;
  try {
    text = readFileSync(path, "utf8");
  } catch (error) {
    throw new VectorFileError(`cannot read ${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
  try {
    return parseVectors(text);
  } catch (error) {
    if (!(error instanceof VectorFileError)) throw error;
    throw new VectorFileError(`${path}: ${error.message}`);
  }
}

/** Parses the text of a vector file: { meta?: { conventions? }, functions: { name: [{ id, input, expected }] } }. */
export function parseVectors(text: string): VectorFile {
  let json: unknown;
  try {
    json = JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (error) {
    throw new VectorFileError(`not JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (!isRecord(json) || !isRecord(json.functions))
    throw new VectorFileError('expected an object with "functions": { name: [{ id, input, expected }] }');
  const functions = new Map<string, Vector[]>();
  for (const [name, list] of Object.entries(json.functions)) {
    if (!Array.isArray(list)) throw new VectorFileError(`functions.${name}: expected a list of vectors`);
    functions.set(
      name,
      list.map((entry: unknown, index) => vectorOf(entry, `functions.${name}[${index}]`)),
    );
  }
  if ([...functions.values()].every((list) => list.length === 0))
    throw new VectorFileError("holds no vectors, so it can show nothing");
  return { functions, toleranceOf: tolerances(json.meta) };
}

function vectorOf(entry: unknown, where: string): Vector {
  if (!isRecord(entry)) throw new VectorFileError(`${where}: expected an object`);
  for (const key of ["id", "input", "expected"])
    if (!Object.hasOwn(entry, key)) throw new VectorFileError(`${where}: has no "${key}"`);
  return { id: String(entry.id), input: entry.input, expected: entry.expected };
}

function tolerances(meta: unknown): (name: string) => Tolerance {
  const conventions = isRecord(meta) && isRecord(meta.conventions) ? meta.conventions : {};
  const general = toleranceOf(conventions.default_tolerance, DEFAULT_TOLERANCE, "default_tolerance");
  const named = isRecord(conventions.tolerance_by_function) ? conventions.tolerance_by_function : {};
  return (name) => toleranceOf(named[name], general, `tolerance_by_function.${name}`);
}

function toleranceOf(value: unknown, otherwise: Tolerance, where: string): Tolerance {
  if (value === undefined) return otherwise;
  if (!isRecord(value)) throw new VectorFileError(`${where}: expected { abs, rel }`);
  const part = (key: "abs" | "rel"): number => {
    const found = value[key] ?? 0;
    if (typeof found !== "number" || !(found >= 0))
      throw new VectorFileError(`${where}.${key}: expected a number >= 0`);
    return found;
  };
  return { abs: part("abs"), rel: part("rel") };
}
