/** Chances by enumeration: every count that can occur, weighed by its probability. */
import { binomialPmf } from "../../src/stats/binomial.ts";
import type { PairedCounts } from "../../src/stats/paired-binary.ts";
import { sum, sumOver } from "../../src/stats/sum.ts";

/** Counts rarer than this are left out; all of them together weigh less than 1e-9. */
const NEGLIGIBLE = 1e-13;

/** Chance that `happens` for the number of successes of n cases with this rate. */
export function chanceOfCount(n: number, rate: number, happens: (successes: number) => boolean): number {
  return sum(Array.from({ length: n + 1 }, (_, k) => (happens(k) ? binomialPmf(k, n, rate) : 0)));
}

/** Chance that `happens` for the table of n pairs, of which shares `onlyNew` and `onlyBase` differ. */
export function chanceOfPairs(
  n: number,
  onlyNew: number,
  onlyBase: number,
  happens: (counts: PairedCounts) => boolean,
): number {
  const discordance = onlyNew + onlyBase;
  return sumOver(n + 1, (discordant) => {
    const chance = binomialPmf(discordant, n, discordance);
    if (chance < NEGLIGIBLE) return 0;
    return sumOver(discordant + 1, (wins) => {
      const own = chance * binomialPmf(wins, discordant, onlyNew / discordance);
      if (own < NEGLIGIBLE) return 0;
      const counts = { bothPass: n - discordant, onlyNew: wins, onlyBase: discordant - wins, bothFail: 0 };
      return happens(counts) ? own : 0;
    });
  });
}
