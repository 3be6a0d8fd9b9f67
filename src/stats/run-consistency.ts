/** How much the answers of repeated trials of one case agree with each other, right or wrong. */
import { expectCount } from "./arguments.ts";
import { largestMagnitude, sum } from "./sum.ts";
import { defined, type Maybe, notDefined } from "./undefined.ts";

/** Agreement within one case. What compares trials is not defined for a single one, and never 1. */
export type RunConsistency = {
  /** Shannon entropy of the answers in bits, 0 when all agree. */
  readonly entropyBits: number;
  /** Entropy over its maximum log2(n), 0..1. */
  readonly normalizedEntropy: Maybe<number>;
  /** Share of the most frequent answer. */
  readonly modalShare: number;
  /** Chance that two different trials agree. */
  readonly pairwiseAgreement: Maybe<number>;
  /** 1 when all trials agree, else 0; its mean over cases is TARa@N (Atil et al. 2024). */
  readonly totalAgreement: Maybe<0 | 1>;
};

/** Sums up the answers of one case; answers are equal when the strings are. */
export function runConsistency(answers: readonly string[]): RunConsistency {
  const n = answers.length;
  expectCount("number of answers", n, 1);
  const counts = new Map<string, number>();
  for (const answer of answers) counts.set(answer, (counts.get(answer) ?? 0) + 1);
  const shares = [...counts.values()].map((count) => count / n);
  // 0 - x, not -x: a certain answer should not have an entropy of -0.
  const entropyBits = 0 - sum(shares.map((share) => share * Math.log2(share)));
  const modalShare = largestMagnitude(shares);
  if (n === 1) {
    const reason = notDefined("one trial agrees with nothing");
    return { entropyBits, normalizedEntropy: reason, modalShare, pairwiseAgreement: reason, totalAgreement: reason };
  }
  const agreeing = sum([...counts.values()].map((count) => count * (count - 1)));
  return {
    entropyBits,
    normalizedEntropy: defined(entropyBits / Math.log2(n)),
    modalShare,
    pairwiseAgreement: defined(agreeing / (n * (n - 1))),
    totalAgreement: defined(counts.size === 1 ? 1 : 0),
  };
}
