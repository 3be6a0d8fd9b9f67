/** One mistake in a prompt or a grader is made in every case that it is used for: it is told once, with the cases counted. */
import { ConfigError } from "../errors.ts";

/** Cases named beside the first. */
const NAMED = 3;
/** Different mistakes that are told. */
const MOST = 20;

export interface FoldedMistakes {
  /** `caseLine` is that of the case, where the mistake stands there. */
  readonly add: (mistake: ConfigError, caseId: string, caseLine?: number) => void;
  /** Whether so many different mistakes were found that looking for more is of no use. */
  readonly full: () => boolean;
  /** In the order in which they were found. */
  readonly told: () => readonly ConfigError[];
}

/** Mistakes are the same when they stand at one place, or each at its case, and differ in nothing but the case that they name. */
export function foldMistakes(): FoldedMistakes {
  const found = new Map<string, { readonly first: ConfigError; readonly others: string[]; count: number }>();
  return {
    add: (mistake, caseId, caseLine) => {
      const { file, line, path } = mistake.place;
      const said = mistake.message.replace(/\bcase "[^"]*"(?: \([^)]*\))?/, "the case");
      const key = JSON.stringify([
        mistake.code,
        file,
        line === caseLine ? "case" : line,
        path?.replace(/\[\d+\]$/, ""),
        said,
      ]);
      const known = found.get(key);
      if (known === undefined) {
        found.set(key, { first: mistake, others: [], count: 1 });
        return;
      }
      known.count++;
      if (known.others.length < NAMED) {
        known.others.push(
          caseLine === undefined ? JSON.stringify(caseId) : `${JSON.stringify(caseId)} (line ${caseLine})`,
        );
      }
    },
    full: () => found.size >= MOST,
    told: () =>
      [...found.values()].slice(0, MOST).map(({ first, others, count }) => withCount(first, others, count - 1)),
  };
}

function withCount(mistake: ConfigError, others: readonly string[], more: number): ConfigError {
  if (more === 0) return mistake;
  const named = others.join(", ");
  const { code, message, place, fix, cause } = mistake;
  const told = `${message}; the same in ${more} more ${more === 1 ? "case" : "cases"}: ${named}${more > others.length ? ", …" : ""}`;
  return new ConfigError(code, told, { place, fix, ...(cause === undefined ? {} : { cause }) });
}
