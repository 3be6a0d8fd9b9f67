/** From what is stored to a decision: grade, measure, decide, gate. Calls nothing. */

import { dirname } from "node:path";
import { auditTraining } from "../dataset/audit-training.ts";
import type { BaselineResult } from "../decide/baseline/contract.ts";
import { type Head, hasMustPass, headOf } from "../decide/baseline/head.ts";
import { decide } from "../decide/decide.ts";
import type { Decision, GateResult } from "../decide/decision.ts";
import { gate } from "../decide/gate.ts";
import { createObservations } from "../decide/observations.ts";
import { trialOutcome } from "../decide/trial-outcome.ts";
import { watchAsked } from "../engine/asked.ts";
import { collect } from "../engine/collect.ts";
import { watchHiddenKeys } from "../engine/hidden-keys.ts";
import type { Ledger } from "../engine/ledger.ts";
import { type Candidate, type Look, numberLooks, watchCandidates } from "../engine/looks.ts";
import { measuredJudges } from "../engine/measured-judges.ts";
import type { Notice, RunOutcome } from "../engine/outcome.ts";
import type { Plan } from "../engine/plan.ts";
import { watchReplays } from "../engine/refused-replays.ts";
import { steeredJudges, triedJudges } from "../engine/tried-judges.ts";
import type { CasesWriter } from "../report/cases.ts";
import type { SuiteSummary } from "../report/summary.ts";
import type { World } from "../suite/world.ts";
import { collectAfter } from "./heap-bounds.ts";
import { provenanceOf } from "./provenance.ts";
import { suiteIdentity, targetIdentities } from "./suite-identity.ts";
import { sweepEvidence } from "./sweep-space.ts";
import { withRecordings } from "./with-recordings.ts";

export interface Evaluated extends SuiteSummary {
  readonly decision: Decision;
  readonly gate: GateResult;
  readonly baseline?: BaselineResult;
}

/** What is handed on of each suite, for a baseline to be compared with or written. */
export interface Found {
  readonly evaluated: Evaluated;
  /** Made when it is asked for: a run without a baseline has no use for an entry a case. */
  readonly head: () => Head;
  /** Whether any test case must pass. */
  readonly hasMustPass: () => boolean;
  /** Cases that a recording could not answer, answers that held a key. */
  readonly notices: readonly Notice[];
  /** Trials of the plan whose calls were not made. */
  readonly notCalled: number;
}

/** A suite whose figures hold at every look. */
export interface EarlySuite {
  /** Test cases that there are, asked or not. */
  readonly planned: number;
  /** Its candidates by all of these. */
  readonly candidates: readonly Candidate[];
}

export interface EvaluateOptions {
  /** Takes every record. */
  readonly cases?: CasesWriter;
  readonly outcome?: RunOutcome;
  /** Takes every look of new candidates at test cases. */
  readonly onLook?: (look: Look) => void;
  /** Suites whose test cases are looked at as they come in, by name. */
  readonly early?: ReadonlyMap<string, EarlySuite>;
}

/** One decision and one gate result per suite, in the plan's order. */
export async function evaluate(
  plan: Plan,
  ledger: Ledger,
  world: World,
  { cases, outcome, onLook, early: inLooks }: EvaluateOptions = {},
): Promise<readonly Found[]> {
  const results: Found[] = [];
  for (const suitePlan of plan.suites) {
    // The trials that were asked for, not those that the suite declares: --trials may say otherwise.
    const early = inLooks?.get(suitePlan.suite.name);
    const observations = createObservations(
      { ...withRecordings(suitePlan), trials: suitePlan.trials },
      { cases: suitePlan.cases, ...(early === undefined ? {} : { plannedTestCases: early.planned }) },
    );
    const replays = watchReplays(suitePlan);
    const watch = watchCandidates(suitePlan.targets.map(({ target, model }) => ({ ...target, model })));
    const asked = watchAsked();
    const hidden = watchHiddenKeys(suitePlan.suite.name);
    let notCalled = 0;
    const collecting = { ...(outcome === undefined ? {} : { outcome }), onJudged: replays.addReply };
    for await (const record of collect(suitePlan, ledger, world, collecting)) {
      observations.add(record);
      replays.add(record);
      watch.add(record);
      asked.add(record);
      hidden.add(record);
      if (record.completion.kind === "not-called") notCalled++;
      if (cases !== undefined) await cases.write(record, trialOutcome(suitePlan.suite, record));
    }
    const { training, requirement, file } = suitePlan.suite;
    const audit =
      training?.data === undefined
        ? undefined
        : await auditTraining(training.data, dirname(file), suitePlan.dataset.cases(), requirement.regression?.tag);
    const candidates = watch
      .candidates()
      .map((candidate) => early?.candidates.find(({ name }) => name === candidate.name) ?? candidate);
    const lost = ledger.lostLooks();
    const { numbers, fresh } = numberLooks(suitePlan.suite.name, candidates, ledger.looks(), lost.length);
    if (fresh !== undefined) onLook?.(early === undefined ? fresh : { ...fresh, early: true });
    const sweep = await sweepEvidence(suitePlan, ledger, world);
    const canaries = await triedJudges(suitePlan, ledger, world);
    const compared = await measuredJudges(suitePlan, ledger, world);
    collectAfter(suitePlan.cases * suitePlan.targets.length * suitePlan.trials);
    const decision = decide(observations, {
      today: world.now(),
      canaries,
      compared,
      looks: numbers,
      ...(audit === undefined ? {} : { audit }),
      ...(sweep === undefined ? {} : { sweep }),
    });
    const known = {
      identity: suiteIdentity(suitePlan),
      targets: targetIdentities(suitePlan, observations, decision, asked.hashes()),
      fingerprintAt: suitePlan.dataset.fingerprintAt,
    };
    results.push({
      evaluated: {
        decision,
        gate: gate(decision, suitePlan.suite.gate),
        provenance: provenanceOf(suitePlan, decision, world.cwd),
      },
      head: () => headOf(observations, decision, known),
      hasMustPass: () => hasMustPass(observations),
      notices: [
        ...replays.notices(),
        ...hidden.notices(),
        ...lostNotices(suitePlan.suite.name, ledger.file, lost, numbers),
        ...steeredJudges(suitePlan.suite.name, canaries),
      ],
      notCalled,
    });
  }
  return results;
}

/** Looks that cannot be read are spent: the verdict is held to the worst that they can have been. */
function lostNotices(
  suite: string,
  file: string,
  lost: readonly number[],
  numbers: ReadonlyMap<string, number>,
): readonly Notice[] {
  if (lost.length === 0 || numbers.size === 0) return [];
  const [looks, they, each] =
    lost.length === 1 ? ["1 earlier look", "it", "it"] : [`${lost.length} earlier looks`, "they", "each"];
  const rows = `${lost.length === 1 ? "row" : "rows"} ${lost.join(", ")} of its looks`;
  const text = `"${suite}": ${looks} at test cases cannot be read (${file}, ${rows}): at which suite ${they} looked is not known, so ${each} counts as one at this one, and the verdict is held to that; gapcheck ledger verify tells how to get ${lost.length === 1 ? "it" : "them"} back`;
  return [{ level: "warning", code: "ledger", text }];
}
