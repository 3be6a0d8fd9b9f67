/**
 * Who has looked at a suite's test cases. A look is the first time that a candidate's answers on test are shown; candidates that come together share
 * one. Prompt-only and fine-tuned targets are counted apart: whether prompting is enough and whether a tuned model does more are two questions.
 *
 * Cases and candidates are known again by samples of hashes, so that a few cases more or less do not make another test set: the cases whose
 * hashes are the smallest (bottom-k sketch, Cohen and Kaplan 2007), each with the hash of the call that a candidate makes for it.
 */
import { hash } from "node:crypto";
import type { Target } from "../suite/target.ts";
import type { TrialRecord } from "../suite/trial.ts";
import type { SuitePlan } from "./plan.ts";
import { tasks } from "./tasks.ts";

const SAMPLE = 64;
const HEX_DIGITS = 16;
/** Behind every hash. */
const NONE_BEYOND = "g";

/** Test sets that share more than this (Jaccard) are one. */
const SAME_SET = 0.5;

/** Answered test cases from which on a candidate has looked: fewer than a verdict takes tell nothing. */
const FEWEST_ANSWERS = 30;

export interface Candidate {
  readonly name: string;
  readonly role: Target["role"];
  /** Hash of the call by hash of the case, for the sample of the test cases. */
  readonly calls: Readonly<Record<string, string>>;
}

/** New candidates that looked together. */
export interface Look {
  readonly suite: string;
  readonly candidates: readonly Candidate[];
  /** Their answers were looked at before all were in: what is said of them must hold at every look, for good. */
  readonly early?: true;
  /** The row could not be read when it was carried on: the checksum that stood in it. Whose look it was, nobody knows. */
  readonly lost?: string;
}

/** Takes the records of one suite, in any order, and tells the candidates that have looked. */
export interface Watch {
  readonly add: (record: TrialRecord) => void;
  readonly candidates: () => readonly Candidate[];
}

export function watchCandidates(targets: readonly Pick<Target, "name" | "role" | "model">[]): Watch {
  const seen = new Map(
    targets.map(({ name }) => [name, { answered: 0, calls: new Map<string, string>(), beyond: NONE_BEYOND }]),
  );
  // A recording that tells whose answers it holds stands for that model's calls.
  const nameless = new Set(
    targets.filter(({ model }) => model.identity.provider === "recorded").map(({ name }) => name),
  );
  return {
    add: ({ split, trial, target, fingerprint, callKey, completion }) => {
      const of = seen.get(target);
      if (of === undefined || split !== "test" || trial !== 1) return;
      if (completion.kind === "answer") of.answered++;
      const place = short(fingerprint);
      // As many stand before it as are kept.
      if (place > of.beyond) return;
      // A recording may be made anew under the same name: what it says tells it apart.
      const said = nameless.has(target) && completion.kind === "answer" ? completion.text : "";
      of.calls.set(place, callOf(callKey, said));
      if (of.calls.size < 2 * SAMPLE) return;
      of.calls = sampled(of.calls);
      of.beyond = [...of.calls.keys()].at(-1) ?? NONE_BEYOND;
    },
    candidates: () =>
      targets.flatMap(({ name, role }) => {
        const of = seen.get(name);
        if (of === undefined || of.answered < FEWEST_ANSWERS) return [];
        return [{ name, role, calls: Object.fromEntries(sampled(of.calls)) }];
      }),
  };
}

/**
 * The targets of a plan whose answers are bought, as candidates, before a single answer is there: a run that stops early is known again by all test
 * cases that it had, not by those that it came to.
 */
export async function plannedCandidates(plan: SuitePlan): Promise<readonly Candidate[]> {
  const paid = plan.targets.filter(({ model }) => model.answers === "paid");
  const calls = new Map(paid.map(({ target }) => [target.name, new Map<string, string>()]));
  for await (const { target, case: one, key } of tasks({ ...plan, targets: paid, trials: 1 })) {
    const of = calls.get(target.target.name);
    if (of === undefined || one.split !== "test") continue;
    of.set(short(one.fingerprint), callOf(key, ""));
    if (of.size >= 2 * SAMPLE) calls.set(target.target.name, sampled(of));
  }
  return paid.map(({ target: { name, role } }) => {
    return { name, role, calls: Object.fromEntries(sampled(calls.get(name) ?? new Map())) };
  });
}

/** In which order a suite's test cases are asked where a run may stop early: that of the sample, which has nothing to do with what they ask. */
export function orderOf(fingerprint: string): string {
  return short(fingerprint);
}

/** Which of the candidates were looked at before, by name: for the first time while answers were still to come, or when all were there. */
export function lookedBefore(
  suite: string,
  candidates: readonly Candidate[],
  kept: readonly Look[],
): { readonly early: readonly string[]; readonly late: readonly string[] } {
  const early: string[] = [];
  const late: string[] = [];
  for (const candidate of candidates) {
    const first = kept.find(
      (look) => look.suite === suite && look.candidates.some((each) => isSameCandidate(each, candidate)),
    );
    if (first !== undefined) (first.early === true ? early : late).push(candidate.name);
  }
  return { early, late };
}

/**
 * The look of each candidate by name, from 1, and the look to be kept for those that are new; absent where none is.
 * @param kept earlier looks at all suites, in their order
 * @param lost how many more there were that cannot be read: each counts as one at this suite before all others, which is the worst that it can have been
 */
export function numberLooks(
  suite: string,
  candidates: readonly Candidate[],
  kept: readonly Look[],
  lost = 0,
): { readonly numbers: ReadonlyMap<string, number>; readonly fresh?: Look } {
  const numbers = new Map<string, number>();
  const fresh: Candidate[] = [];
  for (const candidate of candidates) {
    const before = rounds(
      kept
        .filter((look) => look.suite === suite)
        .map((look) => look.candidates.filter(({ role }) => role === candidate.role))
        .filter((together) => together.some((each) => isSameSet(each, candidate))),
    );
    const at = before.findIndex((together) => together.some((each) => isSameCandidate(each, candidate)));
    numbers.set(candidate.name, lost + (at < 0 ? before.length : at) + 1);
    if (at < 0) fresh.push(candidate);
  }
  return { numbers, ...(fresh.length === 0 ? {} : { fresh: { suite, candidates: fresh } }) };
}

/** Two runs at once keep the same look twice: what brings nobody new is none. */
function rounds(looks: readonly (readonly Candidate[])[]): readonly (readonly Candidate[])[] {
  return looks.filter((together, at) => {
    const earlier = looks.slice(0, at).flat();
    return together.some((one) => !earlier.some((each) => isSameCandidate(each, one)));
  });
}

function isSameSet(a: Candidate, b: Candidate): boolean {
  const inA = new Set(Object.keys(a.calls));
  const inB = new Set(Object.keys(b.calls));
  const smallest = [...new Set([...inA, ...inB])].sort().slice(0, SAMPLE);
  return smallest.filter((each) => inA.has(each) && inB.has(each)).length > SAME_SET * smallest.length;
}

/** The same calls on every case that both samples hold. */
function isSameCandidate(a: Candidate, b: Candidate): boolean {
  const shared = Object.keys(a.calls).filter((each) => each in b.calls);
  return shared.length > 0 && shared.every((each) => a.calls[each] === b.calls[each]);
}

function callOf(key: string, said: string): string {
  return short(JSON.stringify([key, said]));
}

function sampled(calls: ReadonlyMap<string, string>): Map<string, string> {
  return new Map([...calls].sort(([a], [b]) => (a < b ? -1 : 1)).slice(0, SAMPLE));
}

function short(text: string): string {
  return hash("sha256", text, "hex").slice(0, HEX_DIGITS);
}
