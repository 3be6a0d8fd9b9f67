import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { describeExtractor, type Extraction, type Extractor, wholeText } from "./extract.ts";
import { afterMarker, between, lastNumber, onlyOption } from "./find-answer.ts";
import { jsonAt } from "./json-extractor.ts";
import { unwrapped } from "./unwrap.ts";

function answer(extraction: Extraction): string | undefined {
  return extraction.found ? extraction.answer : undefined;
}

describe("between", () => {
  const strict = between("[答]", "<eoa>");

  it("demands the form and nothing else", () => {
    expect(answer(strict("\n[答] B <eoa>\n"))).toBe("B");
    expect(answer(strict("Well: [答]B<eoa>"))).toBeUndefined();
    expect(answer(strict("[答]B<eoa> because"))).toBeUndefined();
    expect(answer(strict("[答]A<eoa>[答]B<eoa>"))).toBeUndefined();
    expect(answer(strict("[答]<eoa"))).toBeUndefined();
  });

  it("takes the last pair when it may stand anywhere", () => {
    const anywhere = between("[答]", "<eoa>", { whole: false });
    expect(answer(anywhere("first [答]A<eoa>, no: [答]B<eoa>!"))).toBe("B");
    expect(answer(anywhere("<eoa>[答]"))).toBeUndefined();
    expect(answer(anywhere("[答<eoa>"))).toBeUndefined();
  });

  it("refuses empty marks", () => {
    expect(() => between("", "x")).toThrow(/mark is empty/);
  });
});

describe("afterMarker", () => {
  it("takes what stands behind the last marker", () => {
    expect(answer(afterMarker("####")("#### 1\nno\n#### 2 "))).toBe("2");
    expect(answer(afterMarker(["A:", "Answer:"])("Answer: 1\nA: 2"))).toBe("2");
    expect(answer(afterMarker("A:", { line: true })("A: 2\nbecause"))).toBe("2");
    expect(answer(afterMarker("A:")("A: 2\nbecause"))).toBe("2\nbecause");
  });

  it("finds nothing where there is nothing", () => {
    expect(answer(afterMarker("A:")("no marker"))).toBeUndefined();
    expect(answer(afterMarker("A:")("the end. A:  \n"))).toBeUndefined();
    expect(() => afterMarker([])).toThrow(/marker is empty/);
  });
});

describe("onlyOption", () => {
  const letters = onlyOption(["A", "B", "C"]);

  it("takes an option that occurs, however often", () => {
    expect(answer(letters("B. Yes, (B)!"))).toBe("B");
    expect(answer(letters("答案是B选项"))).toBe("B");
  });

  it("takes none of two, and none of none", () => {
    expect(answer(letters("A or B"))).toBeUndefined();
    expect(answer(letters("I do not know"))).toBeUndefined();
  });

  it("sees no option inside a word, unless told to", () => {
    expect(answer(letters("CABBAGE"))).toBeUndefined();
    expect(answer(onlyOption(["A", "B"], { boundaries: "none" })("xAx"))).toBe("A");
    expect(answer(onlyOption(["correct", "incorrect"])("It is incorrect."))).toBe("incorrect");
    expect(answer(onlyOption(["correct", "incorrect"], { boundaries: "none" })("It is incorrect."))).toBe("incorrect");
    expect(answer(onlyOption(["pass", "no pass"])("no pass"))).toBe("no pass");
  });

  it("leaves letter case aside when told to", () => {
    expect(answer(onlyOption(["Billing", "Refund"], { caseFold: true })("i think BILLING"))).toBe("Billing");
    expect(answer(onlyOption(["Billing", "Refund"])("i think BILLING"))).toBeUndefined();
  });
});

describe("unwrapped", () => {
  it.each([
    ['"yes"', "yes"],
    ["```\nyes\n```", "yes"],
    ["```json\n{}\n```", "{}"],
    ["**yes**.", "yes"],
    ["“yes。”", "yes"],
    ["yes", "yes"],
    ['"a" or "b"', '"a" or "b"'],
    ['"', '"'],
    [".", "."],
    ["1.5", "1.5"],
  ])("of %j is %j", (text, expected) => {
    expect(answer(unwrapped()(text))).toBe(expected);
  });
});

describe("jsonAt", () => {
  it("reads a value of the answer's JSON", () => {
    expect(answer(jsonAt("/a/0")('{"a":[1.5]}'))).toBe("1.5");
    expect(answer(jsonAt("a[0].b")('{"a":[{"b":"x"}]}'))).toBe("x");
    expect(answer(jsonAt("/a")("```\n{}\n```"))).toBeUndefined();
    expect(answer(jsonAt("/a", { whole: false })('Sure: {"a":null}'))).toBe("null");
    expect(answer(jsonAt("/__proto__")("{}"))).toBeUndefined();
    expect(() => jsonAt("a..b")).toThrow(/no JSON path/);
  });
});

describe("every extractor", () => {
  const all: readonly Extractor[] = [
    wholeText(),
    unwrapped(),
    between("<", ">"),
    between("<", ">", { whole: false }),
    afterMarker(["A:", "##"]),
    afterMarker("A:", { line: true }),
    lastNumber(),
    onlyOption(["A", "AB", "是"]),
    onlyOption(["a", "ab"], { boundaries: "none", caseFold: true }),
    jsonAt("/a", { whole: false }),
  ];
  const texts = fc.oneof(
    fc.string({ unit: "binary" }),
    fc
      .array(
        fc.constantFrom(
          "<",
          ">",
          "A:",
          "##",
          "A",
          "B",
          "是",
          " ",
          "\n",
          '"',
          "`",
          "*",
          ".",
          '{"a":1}',
          "7",
          "\ud800",
          "\0",
        ),
      )
      .map((parts) => parts.join("")),
  );

  it("never throws, and finds its answer inside the text", () => {
    fc.assert(
      fc.property(texts, fc.constantFrom(...all), (text, extract) => {
        const found = extract(text);
        if (!found.found) return;
        expect(0 <= found.start && found.start <= found.end && found.end <= text.length).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it("stands in the grade's key: by its options, or by its source", () => {
    expect(describeExtractor(afterMarker("A:"))).not.toEqual(describeExtractor(afterMarker("B:")));
    const one = (text: string): Extraction => ({ found: true, answer: text, start: 0, end: text.length });
    const other = (): Extraction => ({ found: false, why: "never" });
    expect(describeExtractor(one)).not.toEqual(describeExtractor(other));
  });
});
