import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldedText } from "./same-question.ts";

describe("folded texts", () => {
  it("are what folding step by step gives, whatever the text", () => {
    const plain = (text: string) => text.normalize("NFKC").toLowerCase().replace(/\s+/gu, " ").trim();
    const pieces = fc.constantFrom(
      ...[
        " ",
        "  ",
        "\t",
        "\n",
        "\r\n",
        "\u00a0",
        "\u2003",
        "\u3000",
        "\ufeff",
        "\u0085",
        "\u200b",
        "a",
        "B",
        "İ",
        "ﬁ",
        "Å",
        "¨",
        "…",
        "ſ",
      ],
    );
    const texts = fc.oneof(
      fc.string(),
      fc.string({ unit: "binary" }),
      fc.array(fc.oneof(pieces, fc.string({ maxLength: 2 }))).map((all) => all.join("")),
    );
    fc.assert(
      fc.property(texts, (text) => {
        expect(foldedText(text)).toBe(plain(text));
      }),
      { numRuns: 5_000 },
    );
  });
});
