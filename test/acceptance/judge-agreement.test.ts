/** Agreement of published judges with people's preferences: LLMBar's natural pairs (Zeng et al. 2024), each judged in both orders of presentation. */
import { expect, it } from "vitest";
import { agreementOf } from "../../src/decide/agreement.ts";
import type { ComparedLabel } from "../../src/suite/labelled.ts";
import { sharedLines } from "./shared-data.ts";

interface Pair {
  readonly label: number;
  readonly judges: Readonly<Record<string, { readonly verdict_original: string; readonly verdict_swapped: string }>>;
}

it.for([
  ["GPT-4/Vanilla", 0.955, true],
  ["ChatGPT/Vanilla", 0.815, false],
  ["Falcon/Vanilla", 0.74, false],
] as const)("%s agrees as published, on %f of the verdicts, and decides: %s", ([judge, share, enough], context) => {
  const pairs = sharedLines("judge_llmbar/natural.jsonl") as readonly Pair[] | undefined;
  if (pairs === undefined) return context.skip("../shared/data is not there");
  const compared = pairs.flatMap(({ label, judges }, at) => {
    const said = judges[judge];
    return [said?.verdict_original, said?.verdict_swapped].map((verdict): ComparedLabel => {
      const told = { person: String(label), fate: "judged", question: String(at) } as const;
      return verdict === "1" || verdict === "2" ? { ...told, judge: verdict } : told;
    });
  });
  const people = { answers: [], labels: ["1", "2"], kappaAtLeast: 0.6 };
  const found = agreementOf({ people }, compared);
  expect(found.raw).toMatchObject({ available: true, value: share, n: 200 });
  // Two verdicts on one pair are no two pairs.
  expect(found.questions).toBe(100);
  expect(found.enough).toBe(enough);
});
