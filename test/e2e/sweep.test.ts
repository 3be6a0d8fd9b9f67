/** Prompts are raced, the winner is pasted, and the verdict knows that it was. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openWorkspace, suiteText, type Workspace } from "./workspace.ts";

const PLAIN = `promptOnly("plain", { model: base, prompt: { user: "Say {{input}}" } }),`;
const SWEEP = `sweep: {
    from: "plain",
    instructions: { idle: "Be idle.", exact: "Be exact.", rude: "Be rude." },
    parameters: { short: { maxTokens: 8 }, long: {} },
  },`;

/** What each instruction gets right: the even words, all, none; half of them without any. */
function reply(messages: readonly { readonly role: string; readonly content: string }[]): string {
  const word = messages.at(-1)?.content.replace(/^Say /, "") ?? "";
  const told = messages.length > 1 ? (messages[0]?.content ?? "") : "";
  const isEven = Number(word.replace("word ", "")) % 2 === 0;
  return told === "Be exact." || (told !== "Be rude." && isEven) ? word : "no";
}

describe("sweep", () => {
  let place: Workspace;
  beforeAll(async () => {
    place = await openWorkspace({
      cases: 60,
      suite: suiteText({ targets: `[${PLAIN}]`, more: SWEEP }),
      stub: { reply: ({ messages }) => reply(messages) },
    });
  });
  afterAll(() => place.close());

  it("finds the best prompt within its budget, tells it on test, is paid once, and the pasted winner is known to the verdict", async () => {
    const first = await place.run(["sweep", "--json", "--max-calls", "150"]);
    expect(first).toMatchObject({ code: 0 });
    const [found] = JSON.parse(first.stdout).suites;
    // "Be idle." with long answers asks something else than no instruction: seven prompts are different.
    expect(found).toMatchObject({
      prompts: 7,
      winner: "exact · short",
      winnerOnTest: { value: 1 },
      plateau: { ofSwept: 7, reached: false },
    });
    expect(found.gainOnTest.value).toBeCloseTo(1 - found.fromOnTest.value, 9);
    const cost = (rounds: readonly { prompts: number; cases: number }[]) =>
      rounds.reduce((sum, { prompts, cases }, at) => sum + prompts * (cases - (rounds[at - 1]?.cases ?? 0)), 0);
    expect(cost(found.rounds)).toBeLessThanOrEqual(150);
    expect(place.stub.stats().mostRepeated).toBe(1);
    expect(first.stderr).toContain("round 1, 7 prompts on");

    place.write("evals/words.eval.ts", suiteText({ targets: `[${PLAIN}${found.code}]`, more: SWEEP }));
    expect(found.code).toContain("model: base,");
    // Neither buys, so that neither waits for the other.
    const [judged, known] = await Promise.all([
      place.run(["gate", "--json"]),
      place.run(["sweep", "--offline", "--max-calls", "150"]),
    ]);
    const [{ decision }] = JSON.parse(judged.stdout).suites;
    expect(decision).toMatchObject({
      bestPrompt: { target: "exact · short" },
      plateau: { ofSwept: 7, before: "plain" },
      looks: { number: 1 },
    });
    expect(place.stub.stats().mostRepeated).toBe(1);
    expect(known.stdout).toContain("Cost      $0.00");
    expect(known.stdout).toContain('which the suite declares as "exact · short"');
  });
});
