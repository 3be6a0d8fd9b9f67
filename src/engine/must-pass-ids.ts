/** Cases that a suite's gate says must pass have to be there, among those that are compared: a name that fits none would guard nothing. */
import type { Dataset } from "../dataset/open.ts";
import { ConfigError } from "../errors.ts";
import { closest } from "../suite/closest.ts";
import type { LoadedSuite } from "../suite/suite.ts";
import { suiteLine } from "./suite-line.ts";

/**
 * The mistakes in `gate.mustPass`, each with its line of the suite file: ids that no case has (naming the nearest), and dev cases. Held against all cases of
 * the dataset, whatever part of them is asked for. Reads nothing where the suite names none.
 */
export async function mustPassMistakes(suite: LoadedSuite, dataset: Dataset): Promise<readonly ConfigError[]> {
  const { mustPass = [] } = suite.gate;
  if (mustPass.length === 0) return [];
  const unknown = new Set(mustPass);
  const dev: string[] = [];
  for await (const { id, split } of dataset.cases()) {
    if (unknown.delete(id) && split === "dev") dev.push(id);
  }
  if (unknown.size === 0 && dev.length === 0) return [];
  const near = await nearest(unknown, dataset);
  const told = async (code: string, id: string, message: string, fix: string) => {
    const words = [{ quoted: suite.name }, { key: "gate" }, { key: "mustPass" }, { quoted: id }];
    const line = await suiteLine(suite.file, words);
    const path = `gate.mustPass[${mustPass.indexOf(id)}]`;
    const place = { file: suite.file, path, ...(line === undefined ? {} : { line }) };
    return new ConfigError(code, message, { place, fix });
  };
  const mistakes = mustPass.flatMap((id) => {
    if (unknown.has(id)) {
      const like = near.get(id);
      const message = `"${id}" must pass, and no case has that id.${like === undefined ? "" : ` Did you mean "${like}"?`}`;
      return [told("unknown-must-pass", id, message, "Give the id as it stands in the data, or take it out.")];
    }
    if (!dev.includes(id)) return [];
    const message = `"${id}" must pass, and is a dev case: only test cases are held against the baseline`;
    return [told("dev-must-pass", id, message, 'Set "split": "test" on the case, or take its id out.')];
  });
  return Promise.all(mistakes);
}

/** Of ids that no case has, the one that is nearest among all. */
async function nearest(unknown: ReadonlySet<string>, dataset: Dataset): Promise<ReadonlyMap<string, string>> {
  const near = new Map<string, string>();
  if (unknown.size === 0) return near;
  for await (const { id } of dataset.cases()) {
    for (const word of unknown) {
      const before = near.get(word);
      const best = closest(word, before === undefined ? [id] : [before, id]);
      if (best !== undefined) near.set(word, best);
    }
  }
  return near;
}
