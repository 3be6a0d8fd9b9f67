import { describe, expect, it } from "vitest";
import { findLine } from "./anchor.ts";

const SOURCE = `/** Is a better prompt enough, or not? quality: none */
const url = "http://127.0.0.1/v1"; // "tickets" enough:
const requirement = { quality: { atLeast: 0.8 } };
export default defineSuite({
  name: "tickets",
  /* gate: {
  } */
  requirement,
  gate: { margin: 0.1 },
});
`;

describe("findLine", () => {
  it("finds names and keys, the last word that is there, and nothing in comments", () => {
    expect(findLine(SOURCE, [{ quoted: "tickets" }])).toBe(5);
    expect(findLine(SOURCE, [{ quoted: "tickets" }, { key: "gate" }])).toBe(9);
    expect(findLine(SOURCE, [{ quoted: "tickets" }, { key: "requirement" }, { key: "enough" }])).toBe(8);
    expect(findLine(SOURCE, [{ key: "enough" }])).toBeUndefined();
  });

  it("looks above what declares a key apart, and takes no address in quotes for a comment", () => {
    expect(findLine(SOURCE, [{ quoted: "tickets" }, { key: "requirement" }, { key: "quality" }])).toBe(3);
    expect(findLine(SOURCE, [{ quoted: "http://127.0.0.1/v1" }])).toBe(2);
  });
});
