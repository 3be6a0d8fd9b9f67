/** Of what day the prices are that the figures of money rest on: they are looked up, never measured. */

import { oldestStale } from "../model/prices.ts";
import type { Price } from "../suite/model.ts";
import type { Suite } from "../suite/suite.ts";
import type { Decision } from "./decision.ts";
import { listed, whole } from "./in-words.ts";
import type { Fact } from "./questions-contract.ts";

/** The oldest price of the targets, where it is more than 90 days old on the given day. */
export function stalePricesOf({ targets }: Suite, today: Date): Decision["stalePrices"] {
  const prices = targets.flatMap(({ model }) => (model.price === undefined ? [] : [model.price]));
  return oldestStale(prices, today);
}

/** What stands beside figures of money where a price is old; nothing while all are fresh. */
export function stalePricesTold(stale: Decision["stalePrices"]): string[] {
  if (stale === undefined) return [];
  return [
    `The costs rest on a price of ${stale.asOf}, ${whole(stale.days)} days old: look it up again before you count on the money.`,
  ];
}

/** The days and sources of the prices of these targets, with a warning where one is old; nothing where none has a price. */
export function pricesFact(
  { targets }: Suite,
  names: readonly (string | undefined)[],
  stale: Decision["stalePrices"],
): Fact[] {
  const prices = targets.flatMap(({ name, model }) => (names.includes(name) && model.price ? [model.price] : []));
  const told = [...new Set(prices.map(({ asOf, source }: Price) => `${asOf} (${source})`))];
  if (told.length === 0) return [];
  const text = `of ${listed(told)}, looked up and not measured; the intervals above are those of the tokens`;
  return [{ key: "prices", label: "prices", text: [text, ...stalePricesTold(stale)].join("; ") }];
}
