/** The tag of cases that must pass guards test cases: on a case that no gate looks at it would be taken for a guard, and be none. */
import type { Dataset } from "../dataset/open.ts";
import { ConfigError } from "../errors.ts";
import type { LoadedCase } from "../suite/case.ts";
import { CRITICAL } from "../suite/requirement.ts";
import type { LoadedSuite } from "../suite/suite.ts";

/** The mistake of a case with the tag `critical` that is a dev case, or one that tuning must not break; undefined where there is none. */
export function unheldCritical(
  { file, requirement }: LoadedSuite,
  dataset: Pick<Dataset, "file">,
  one: Pick<LoadedCase, "id" | "index" | "line" | "tags" | "split">,
): ConfigError | undefined {
  if (one.tags?.includes(CRITICAL) !== true) return undefined;
  const { regression } = requirement;
  const held = regression !== undefined && one.tags.includes(regression.tag);
  if (!held && one.split !== "dev") return undefined;
  const place = {
    file: dataset.file ?? file,
    ...(one.line === undefined ? { path: `cases[${one.index}]` } : { line: one.line }),
  };
  const is = held ? `one that tuning must not break ("${regression.tag}")` : "a dev case";
  const message = `case "${one.id}" has the tag "${CRITICAL}", must pass, and is ${is}: only test cases are held to that`;
  const fix = held
    ? `Take one of the two tags off.`
    : `Set "split": "test" on the case and on all of its cluster, or take the tag off.`;
  return new ConfigError("dev-critical", message, { place, fix });
}
