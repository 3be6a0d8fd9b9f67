/** Answers that once were graded otherwise than a careful person would: each a pair of strict and lenient scores. */
import { describe, expect, it } from "vitest";
import type { Grade, Grader } from "../suite/grade.ts";
import { checklist } from "./checklist.ts";
import { exactMatch } from "./exact-match.ts";
import { finalAnswer } from "./final-answer.ts";
import { jsonEquals } from "./json-equals.ts";
import { guessLanguage } from "./language.ts";
import { numberMatch } from "./number-match.ts";
import { setMatch } from "./set-match.ts";
import { tryGrader } from "./try-grader.ts";

const told = (grade: Grade): number | string =>
  grade.kind !== "scored" ? grade.kind : grade.flaw === undefined ? grade.score : grade.flaw;

async function scores(
  grader: Grader<never, never>,
  text: string,
  expected: unknown,
): Promise<readonly (number | string)[]> {
  const { strict, lenient } = await tryGrader(grader, { text, expected: expected as never });
  return [told(strict), told(lenient)];
}

const U = "unparsed";

describe("sets", () => {
  it.each([
    ["New York, NY", ["New York, NY"], [1, 1]],
    ["Smith, John", ["Smith, John"], [1, 1]],
    ["U.S.", ["U.S."], [1, 1]],
    ["Error:", ["Error:"], [1, 1]],
    ["- Berlin\n- Paris", ["Berlin", "Paris"], [0, 1]],
    ["Berlin, Paris", ["Berlin", "Paris"], [0, 1]],
    ["Berlin, Germany", ["Paris, France"], [0, 0]],
    ["None", ["none"], [1, 1]],
    ["None", [], [1, 1]],
    ["None", ["None", "Other"], [2 / 3, 2 / 3]],
  ])("%j for %j", async (text, expected, wanted) => {
    expect(await scores(setMatch({ caseFold: true }) as never, text, expected)).toEqual(wanted);
  });

  it("without any option in the text are not the empty set", async () => {
    const grader = setMatch({ options: ["A", "B"] });
    expect(await scores(grader as never, "Sorry, I cannot help with that.", [])).toEqual([0, 0]);
    expect(await scores(grader as never, "none", [])).toEqual([1, 1]);
  });
});

describe("JSON", () => {
  it.each([
    ['{"a":1e400}', { a: null }, [U, U]],
    ['{"a":9007199254740993}', { a: 9007199254740992 }, [U, U]],
    ['{"a":[{"b":1}],"a":[]}', { a: [] }, [U, U]],
    ['First guess {"a":1}. No, wait: {"a":2}', { a: 2 }, [U, 1]],
    ['First guess {"a":1}. No, wait: {"a":2}', { a: 1 }, [U, 0]],
    ['```json\n{"a":1}\n```\nCorrection:\n```json\n{"a":2}\n```', { a: 2 }, [U, 1]],
    ['Here is the schema: {"type":"object"}\nAnswer: {"a":1}', { a: 1 }, [U, 1]],
    ['As [1] says: ["a","b"]', ["a", "b"], [U, 1]],
    ['{"x": tru, "y": {"a":1}}', { a: 1 }, [U, U]],
    ['{"city": "Oslo", items: [1,2]}', [1, 2], [U, U]],
  ])("%s for %j", async (text, expected, wanted) => {
    expect(await scores(jsonEquals() as never, text, expected)).toEqual(wanted);
  });

  it("in a checklist that could never be checked is told when the suite is made", () => {
    const item = (equals: unknown) => () => checklist({ items: [{ json: { path: "/a", equals: equals as never } }] });
    expect(item(Number.NaN)).toThrow(/equals is no JSON value/);
    expect(item(new Date(0))).toThrow(/equals is no JSON value/);
    expect(item("v {{expected.n}}")).toThrow(/mixes/);
    expect(item({ a: "{{expected}}" })).toThrow(/mixes/);
    expect(item("{{expected.n}}")).not.toThrow();
  });
});

describe("numbers", () => {
  it.each([
    ["1.000", "1.000", [1, 1]],
    ["1", "1.000", [0, 0]],
    ["1,234", "1,234", [1, 1]],
    ["1,5", 1.5, [1, 1]],
  ])("with a decimal comma: %j for %j", async (text, expected, wanted) => {
    expect(await scores(numberMatch({ decimalMark: "," }) as never, text, expected)).toEqual(wanted);
  });

  it.each([
    ["１，０００", "1000", [1, 1]],
    ["The total is 12 500 dollars.", "500", [U, U]],
    ["+1 555 123 4567", "4567", [U, U]],
    ["It was 2024-05-07", "7", [U, U]],
    ["1_000", "1", [U, U]],
    ["10^3", "3", [U, U]],
    ["about 10²", "10", [U, U]],
    ["3½", "3", [U, U]],
    ["The answer is...7", "7", [U, 1]],
    ["The answer is 3 million", "3", [U, U]],
    ["5k", "5", [U, U]],
    ["2万", "2", [U, U]],
    ["between 5 and 7", "7", [U, U]],
    ["5 to 7", "7", [U, U]],
    ["5-7", "7", [U, U]],
    ["100円", "100元", [0, 0]],
    ["100円", "¥100", [1, 1]],
    ["42 JPY", "$42", [0, 0]],
    ["42 euros", "$42", [0, 0]],
    ["42 euros", "€42", [1, 1]],
    ["so 7 - 5 = 2", "2", [U, 1]],
  ])("%j for %j", async (text, expected, wanted) => {
    expect(await scores(numberMatch() as never, text, expected)).toEqual(wanted);
  });
});

describe("what stands behind the reasoning", () => {
  it.each(["<think>a</think><think>so 42", "<Think>41", "<think >41"])(
    "is no answer while it goes on: %s",
    async (text) => {
      expect(await scores(finalAnswer(numberMatch()) as never, text, "42")).toEqual([U, U]);
    },
  );

  it("is not what follows a marker inside a word", async () => {
    const grader = finalAnswer(exactMatch(), { marker: ["Answer:", "A:"] });
    expect(await scores(grader as never, "Answer: no\nReason per USA: yes", "yes")).toEqual([0, 0]);
    expect(await scores(grader as never, "答A: yes", "yes")).toEqual([1, 1]);
  });
});

describe("punctuation that carries meaning counts", () => {
  it.each([
    ["C", "C#", 0],
    ["50", "50%", 0],
    ["?", "!", 0],
    ["yes.", "yes", 1],
  ])("%s for %s", async (text, expected, score) => {
    const [strict] = await scores(exactMatch({ ignorePunctuation: true }) as never, text, expected);
    expect(strict).toBe(score);
  });
});

describe("a checklist", () => {
  const ordered = [{ contains: "Hello" }, { contains: "sorry", required: false }, { contains: "refund" }];

  it("never scores less for saying more", async () => {
    const grader = checklist({ ordered, passAt: 0.6 });
    expect(await scores(grader as never, "Hello, your refund is on its way.", "")).toEqual([2 / 3, 2 / 3]);
    expect(await scores(grader as never, "Hello, your refund is on its way, sorry.", "")).toEqual([2 / 3, 2 / 3]);
    expect(await scores(grader as never, "Hello, sorry, your refund is on its way.", "")).toEqual([1, 1]);
  });

  it("does not depend on the order of alternatives", async () => {
    for (const endsWith of [
      ["help?", "?"],
      ["?", "help?"],
    ]) {
      const grader = checklist({ ordered: [{ contains: "help" }, { endsWith }] });
      expect(await scores(grader as never, "Does it help?", "")).toEqual([1, 1]);
    }
  });

  it("reads letters and spaces however they are encoded", async () => {
    const cafe = "a cafe\u0301";
    expect(await scores(checklist({ items: [{ contains: "café" }] }) as never, cafe, "")).toEqual([1, 1]);
    expect(await scores(checklist({ items: [{ notContains: "café" }] }) as never, cafe, "")).toEqual([0, 0]);
    const wrapped = "within two\u00a0days";
    expect(await scores(checklist({ items: [{ contains: "within two days" }] }) as never, wrapped, "")).toEqual([1, 1]);
    expect(
      await scores(checklist({ items: [{ contains: "within two days" }] }) as never, "within two\ndays", ""),
    ).toEqual([1, 1]);
  });

  it("does not look away from what must not stand there", async () => {
    expect(await scores(checklist({ items: [{ notContains: "refund" }] }) as never, "Hi\nWe refund", "")).toEqual([
      0, 0,
    ]);
  });

  it("ends lines where JavaScript does", async () => {
    const grader = checklist({ items: [{ notPattern: /^Secret$/m }] });
    for (const end of ["\n", "\r\n", "\r", "\u2028"]) {
      expect(await scores(grader as never, `a${end}Secret${end}b`, "")).toEqual([0, 0]);
    }
  });
});

describe("languages", () => {
  it.each([
    ["Vous êtes prêts, vous êtes les bienvenus.", "fr"],
    ["Você vê o bebê? Ele está com a avó e o avô, mas não com a mãe.", "pt"],
    ["Das Paket kommt in zwei Tagen an.", "de"],
    ["¿Me has visto? No me has hablado.", "es"],
    ["پاکستان کا دارالحکومت اسلام آباد ہے۔", "ur"],
    ["我们使用 Kubernetes 和 Docker 进行部署。", "zh"],
    ["Tôi không biết những người này đã ở đâu.".normalize("NFD"), "vi"],
  ])("%s is %s", (text, language) => {
    expect(guessLanguage(text)).toEqual({ known: true, language });
  });

  it("are not Vietnamese for a few circumflexes", () => {
    for (const text of [
      "C'est la même fenêtre.",
      "The café and the hôtel are côte à côte.",
      "Mâine sărbătorim în oraș împreună.",
    ]) {
      expect(guessLanguage(text)).not.toMatchObject({ language: "vi" });
    }
  });
});
