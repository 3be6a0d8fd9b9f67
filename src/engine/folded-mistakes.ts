/** One mistake in a prompt is made in every case that it is shown for: it is told once, with the cases counted. */
import { ConfigError } from "../errors.ts";

/** Cases named beside the first. */
const NAMED = 3;
/** Different mistakes that are told. */
const MOST = 20;

export interface FoldedMistakes {
  readonly add: (mistake: ConfigError, caseId: string) => void;
  /** Whether so many different mistakes were found that looking for more is of no use. */
  readonly full: () => boolean;
  /** In the order in which they were found. */
  readonly told: () => readonly ConfigError[];
}

/** Mistakes are the same when they stand at one place and differ in nothing but the case that they name. */
export function foldMistakes(): FoldedMistakes {
  const found = new Map<string, { readonly first: ConfigError; readonly others: string[]; count: number }>();
  return {
    add: (mistake, caseId) => {
      const { file, line, path } = mistake.place;
      const said = mistake.message.replace(/\bcase "[^"]*"(?: \([^)]*\))?/, "the case");
      const key = JSON.stringify([mistake.code, file, line, path?.replace(/\[\d+\]$/, ""), said]);
      const known = found.get(key);
      if (known === undefined) {
        found.set(key, { first: mistake, others: [], count: 1 });
        return;
      }
      known.count++;
      if (known.others.length < NAMED) known.others.push(caseId);
    },
    full: () => found.size >= MOST,
    told: () =>
      [...found.values()].slice(0, MOST).map(({ first, others, count }) => withCount(first, others, count - 1)),
  };
}

function withCount(mistake: ConfigError, others: readonly string[], more: number): ConfigError {
  if (more === 0) return mistake;
  const named = others.map((id) => JSON.stringify(id)).join(", ");
  const { code, message, place, fix, cause } = mistake;
  const told = `${message}; the same in ${more} more ${more === 1 ? "case" : "cases"}: ${named}${more > others.length ? ", …" : ""}`;
  return new ConfigError(code, told, { place, fix, ...(cause === undefined ? {} : { cause }) });
}
