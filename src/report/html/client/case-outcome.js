/** What a pair of arms makes of one case. Read by the page's script and by the renderer alike. */

/**
 * Passes over the trials that are known, of one arm.
 * @param {import("../page-data.ts").PageArm | undefined} arm
 * @returns {{ passed: number, known: number, missing: number }}
 */
export function tallyOf(arm) {
  let passed = 0;
  let missing = 0;
  for (const { s } of arm?.t ?? []) {
    if (s === "p") passed += 1;
    if (s === "m") missing += 1;
  }
  const known = (arm?.t.length ?? 0) - missing;
  return { passed, known, missing };
}

/**
 * Whether the trials of one arm disagree.
 * @param {import("../page-data.ts").PageArm | undefined} arm
 * @returns {boolean}
 */
export function isUnstable(arm) {
  const { passed, known } = tallyOf(arm);
  return passed > 0 && passed < known;
}

/**
 * `won` and `lost` as in the gap of the decision: more than half of the known trials pass on one side only. `open` where a side has
 * no known trial in either form.
 * @param {import("../page-data.ts").PageArm | undefined} base
 * @param {import("../page-data.ts").PageArm | undefined} fresh
 * @returns {"won" | "lost" | "same" | "open"}
 */
export function caseOutcome(base, fresh) {
  if (!isPaired(base) || !isPaired(fresh)) return "open";
  const passes = shareOf(fresh) > 0.5;
  const basePasses = shareOf(base) > 0.5;
  if (passes === basePasses) return "same";
  return passes ? "won" : "lost";
}

/**
 * The share of known trials that pass; 0 where none is known.
 * @param {import("../page-data.ts").PageArm | undefined} arm
 * @returns {number}
 */
export function shareOf(arm) {
  const { passed, known } = tallyOf(arm);
  return known === 0 ? 0 : passed / known;
}

/**
 * A case enters the gap when both forms are known of some trial.
 * @param {import("../page-data.ts").PageArm | undefined} arm
 * @returns {boolean}
 */
function isPaired(arm) {
  const trials = arm?.t ?? [];
  return trials.some(({ s }) => s !== "m") && trials.some(({ l }) => l !== "m");
}
