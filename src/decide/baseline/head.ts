/** The suite as it stands now, in the terms of the baseline: passes of each test case by role. */
import { CRITICAL } from "../../suite/requirement.ts";
import type { Decision } from "../decision.ts";
import type { Observations } from "../observations.ts";
import { putToWork } from "../put-to-work.ts";
import { Status } from "../trial-status.ts";
import type { BaselineCase, BaselineRole, BaselineSuite } from "./contract.ts";

/** What a suite is, but for its cases: what the command knows of files and models. */
export type SuiteIdentity = Omit<BaselineSuite, "cases" | "prompt" | "tuned">;

/** Passes of a case of the head; `known` of the planned trials have an answer and a grade. */
export interface HeadPasses {
  readonly passes: number;
  readonly known: number;
}

export interface HeadCase {
  readonly id: string;
  readonly fingerprint: string;
  readonly slot: number;
  readonly critical: boolean;
  readonly prompt?: HeadPasses;
  readonly tuned?: HeadPasses;
}

export interface Head {
  readonly observations: Observations;
  readonly identity: SuiteIdentity;
  readonly prompt?: BaselineSuite["prompt"];
  readonly tuned?: BaselineSuite["tuned"];
  /** Test cases in the order of the dataset. */
  readonly cases: readonly HeadCase[];
  readonly trials: number;
  /** The role of the target that the verdict would put to work; absent where there is none. */
  readonly atWork?: BaselineRole;
}

export const ROLES: readonly BaselineRole[] = ["prompt", "tuned"];
const SHORT = 16;

/** The targets that the verdict rests on, by name. */
export function decidingTargets(decision: Decision): Readonly<Partial<Record<BaselineRole, string>>> {
  return {
    ...(decision.bestPrompt === undefined ? {} : { prompt: decision.bestPrompt.target }),
    ...(decision.tuned === undefined ? {} : { tuned: decision.tuned }),
  };
}

/** @param known with the fingerprint of the case at a position in the dataset */
export function headOf(
  observations: Observations,
  decision: Decision,
  known: {
    readonly identity: SuiteIdentity;
    readonly targets: Pick<BaselineSuite, "prompt" | "tuned">;
    readonly fingerprintAt: (caseIndex: number) => string;
  },
): Head {
  const names = decidingTargets(decision);
  const must = mustPassOf(observations);
  const works = putToWork(decision);
  const atWork = ROLES.find((role) => works !== undefined && names[role] === works);
  const position = (role: BaselineRole) => observations.suite.targets.findIndex(({ name }) => name === names[role]);
  const at = { prompt: position("prompt"), tuned: position("tuned") };
  const cases = observations.slots("test").map((slot): HeadCase => {
    const id = observations.cases.idAt(slot);
    return {
      id,
      fingerprint: known.fingerprintAt(observations.cases.indexAt(slot)).slice(0, SHORT),
      slot,
      critical: must(slot),
      ...(at.prompt < 0 ? {} : { prompt: passesOf(observations, at.prompt, slot) }),
      ...(at.tuned < 0 ? {} : { tuned: passesOf(observations, at.tuned, slot) }),
    };
  });
  return {
    observations,
    identity: known.identity,
    ...known.targets,
    cases,
    trials: observations.trials,
    ...(atWork === undefined ? {} : { atWork }),
  };
}

/** Tells of the slot of a case whether it must pass. */
function mustPassOf({ suite, cases }: Observations): (slot: number) => boolean {
  const named = new Set(suite.gate.mustPass ?? []);
  return (slot) => named.has(cases.idAt(slot)) || cases.tagsAt(slot).includes(CRITICAL);
}

/** Whether any test case must pass: then it is held also where nothing is compared. */
export function hasMustPass(observations: Observations): boolean {
  return observations.slots("test").some(mustPassOf(observations));
}

function passesOf({ targets, trials }: Observations, target: number, slot: number): HeadPasses {
  const statuses = targets[target]?.strict;
  let passes = 0;
  let known = 0;
  for (let at = slot * trials; at < (slot + 1) * trials; at++) {
    const status = statuses?.[at];
    if (status === Status.passed) passes += 1;
    if (status === Status.passed || status === Status.failed) known += 1;
  }
  return { passes, known };
}

/** The head as a baseline to be written; `missing` counts the trials that have no answer or grade, which must be none. */
export function snapshotOf({ identity, prompt, tuned, cases, trials }: Head): {
  readonly suite: BaselineSuite;
  readonly missing: number;
} {
  let missing = 0;
  const told = cases.map((one): BaselineCase => {
    const pair = (role: BaselineRole) => {
      const has = one[role];
      if (has === undefined) return {};
      missing += trials - has.known;
      return { [role]: [has.passes, trials] as const };
    };
    const marked = one.critical ? ({ mustPass: true } as const) : {};
    return { id: one.id, fingerprint: one.fingerprint, ...pair("prompt"), ...pair("tuned"), ...marked };
  });
  const sorted = told.sort((a, b) => (a.id < b.id ? -1 : 1));
  const targets = { ...(prompt === undefined ? {} : { prompt }), ...(tuned === undefined ? {} : { tuned }) };
  return { suite: { ...identity, ...targets, cases: sorted }, missing };
}
