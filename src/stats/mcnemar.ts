/** Tests of "both arms pass equally often" on paired cases: only the discordant pairs speak. */
import { binomialLower, binomialPmf, binomialUpper } from "./binomial.ts";
import { chiSquare1Upper } from "./normal.ts";
import { type PairedCounts, pairCount } from "./paired-binary.ts";
import { defined, type Maybe, notDefined } from "./undefined.ts";

/** p-values of McNemar's test in its exact, mid-p and asymptotic forms. Without a discordant pair each of them is 1. */
export type McNemar = McNemarP & {
  /** One-sided: small when new passes where base fails more often than the reverse. */
  readonly exactPNewBetter: number;
  readonly midPNewBetter: number;
  /** (b - c)²/(b + c) without continuity correction; not defined without a discordant pair. */
  readonly chiSquare: Maybe<number>;
  readonly asymptoticP: number;
};

/**
 * McNemar's test (1947), exact conditional; mid-p after Fagerland, Lydersen and Laake (2013), which keeps close to its level
 * where the exact test is conservative.
 */
export function mcnemar(counts: PairedCounts): McNemar {
  pairCount(counts);
  const { onlyNew, onlyBase } = counts;
  const discordant = onlyNew + onlyBase;
  if (discordant === 0) {
    const chiSquare = notDefined("no pair on which the arms differ");
    return { exactP: 1, midP: 1, exactPNewBetter: 1, midPNewBetter: 1, chiSquare, asymptoticP: 1 };
  }
  const chiSquare = (onlyNew - onlyBase) ** 2 / discordant;
  const exactPNewBetter = binomialUpper(onlyNew, discordant, 0.5);
  return {
    ...mcnemarTwoSided(onlyNew, onlyBase),
    exactPNewBetter,
    midPNewBetter: exactPNewBetter - binomialPmf(onlyNew, discordant, 0.5) / 2,
    chiSquare: defined(chiSquare),
    asymptoticP: chiSquare1Upper(chiSquare),
  };
}

/** The two-sided p-values of the exact conditional test and of its mid-p form. */
export type McNemarP = { readonly exactP: number; readonly midP: number };

/** The two-sided p-values for given discordant counts, at least one of them above 0. */
export function mcnemarTwoSided(onlyNew: number, onlyBase: number): McNemarP {
  const discordant = onlyNew + onlyBase;
  const fewer = Math.min(onlyNew, onlyBase);
  const exactP = Math.min(1, 2 * binomialLower(fewer, discordant, 0.5));
  const point = binomialPmf(fewer, discordant, 0.5);
  return { exactP, midP: onlyNew === onlyBase ? 1 - point / 2 : exactP - point };
}
