import fc from "fast-check";
import { expect, it } from "vitest";
import { usualWidth } from "./width.ts";

it("writes letters, digits, marks and the space in their usual width, and nothing else in another form", () => {
  expect(usualWidth("Ａ，ｚ！　１～ｱ")).toBe("A,z! 1~ア");
  for (const other of ["x²", "①", "ﬁ", "Å", "é", "是", "𝐀", "㎏"]) expect(usualWidth(other)).toBe(other);
});

it("keeps every offset", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(usualWidth(text)).toHaveLength(text.length);
    }),
  );
  const block = Array.from({ length: 0x100 }, (_, at) => String.fromCharCode(0xff00 + at)).join("");
  expect(usualWidth(block)).toHaveLength(0x100);
});
