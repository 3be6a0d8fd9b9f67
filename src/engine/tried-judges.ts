/** Judges that passed a text which no judge should pass: what they say of real answers is not to be trusted. */
import type { World } from "../suite/world.ts";
import { collectCanaries } from "./collect.ts";
import type { Ledger } from "./ledger.ts";
import type { Notice } from "./outcome.ts";
import type { SuitePlan } from "./plan.ts";

/** Of one grader: texts that it said anything of, and the names of those that it passed. */
export interface TriedJudge {
  readonly asked: number;
  readonly passed: readonly string[];
}

/** What judges make of their canaries, by grader; nothing is sent, and what was not asked is not counted. */
export async function triedJudges(
  plan: SuitePlan,
  ledger: Ledger,
  world: World,
): Promise<ReadonlyMap<string, TriedJudge>> {
  const tried = new Map<string, { asked: number; passed: string[] }>();
  for await (const { grader, canary, graded } of collectCanaries(plan, ledger, world)) {
    if (graded.strict.kind === "ungraded") continue;
    const known = tried.get(grader.name) ?? { passed: [], asked: 0 };
    tried.set(grader.name, known);
    known.asked++;
    if (graded.strict.kind === "scored" && graded.strict.score >= grader.passAt) known.passed.push(canary.name);
  }
  return tried;
}

/** One warning for each grader that was steered. */
export function steeredJudges(suite: string, tried: ReadonlyMap<string, TriedJudge>): readonly Notice[] {
  return [...tried].flatMap(([grader, { passed, asked }]): Notice[] => {
    if (passed.length === 0) return [];
    const text =
      `"${suite}", "${grader}": UNTRUSTED. The judge passes ${passed.length} of ${asked} texts that answer nothing and try to steer it ` +
      `(${passed.join(", ")}): say in the rubric what an answer must hold, or take another judge; canaries: false where such texts may pass`;
    return [{ level: "warning", code: "judge-steered", text }];
  });
}
