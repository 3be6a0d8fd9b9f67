/** The tag of the cases that tuning must not break has to stand on a case: else nothing would be held against what a tuned model breaks. */
import type { Dataset } from "../dataset/open.ts";
import { ConfigError } from "../errors.ts";
import { closest } from "../suite/closest.ts";
import type { LoadedSuite } from "../suite/suite.ts";
import { suiteLine } from "./suite-line.ts";

/**
 * The mistake of a `requirement.regression.tag` that no case has, with its line of the suite file and the nearest tag there is. Held against all cases of
 * the dataset, whatever part of them is asked for. Reads nothing where the suite names none, and no further than the first case that has it.
 */
export async function regressionTagMistakes(suite: LoadedSuite, dataset: Dataset): Promise<readonly ConfigError[]> {
  const { regression } = suite.requirement;
  if (regression === undefined) return [];
  const { tag } = regression;
  let near: string | undefined;
  for await (const { tags = [] } of dataset.cases()) {
    if (tags.includes(tag)) return [];
    near = closest(tag, near === undefined ? tags : [near, ...tags]);
  }
  const line = await suiteLine(suite.file, [
    { quoted: suite.name },
    { key: "requirement" },
    { key: "regression" },
    { key: "tag" },
  ]);
  const like = near === undefined ? "" : ` Did you mean "${near}"?`;
  const message = `suite "${suite.name}": tuning must not break the cases with the tag "${tag}", and no case has it.${like}`;
  return [
    new ConfigError("unknown-regression-tag", message, {
      place: { file: suite.file, path: "requirement.regression.tag", ...(line === undefined ? {} : { line }) },
      fix: `Give those cases \`"tags": ["${tag}"]\`, name the tag that they have, or take requirement.regression out.`,
    }),
  ];
}
