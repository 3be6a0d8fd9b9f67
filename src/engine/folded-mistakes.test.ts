import { describe, expect, it } from "vitest";
import { ConfigError } from "../errors.ts";
import { foldMistakes } from "./folded-mistakes.ts";

const mistake = (message: string, line?: number) =>
  new ConfigError("x", message, { place: { file: "a.ts", ...(line === undefined ? {} : { line }) }, fix: "Mend it." });

describe("foldMistakes", () => {
  it("tells a mistake that every case makes once, counts the cases and names the first", () => {
    const folded = foldMistakes();
    for (let i = 1; i <= 50; i++)
      folded.add(mistake(`{{a}} names nothing in case "c${i}" (d.jsonl:${i}), nor here`), `c${i}`);
    expect(folded.told().map(({ message }) => message)).toEqual([
      '{{a}} names nothing in case "c1" (d.jsonl:1), nor here; the same in 49 more cases: "c2", "c3", "c4", …',
    ]);
    expect(folded.full()).toBe(false);
  });

  it("keeps mistakes apart that differ in more than the case", () => {
    const folded = foldMistakes();
    folded.add(mistake('{{a}} names nothing in case "c1"'), "c1");
    folded.add(mistake('{{b}} names nothing in case "c1"'), "c1");
    folded.add(mistake('{{a}} names nothing in case "c2"'), "c2");
    expect(folded.told().map(({ message }) => message)).toEqual([
      '{{a}} names nothing in case "c1"; the same in 1 more case: "c2"',
      '{{b}} names nothing in case "c1"',
    ]);
  });

  it("tells one that stands at every case once, with the lines of the next ones", () => {
    const folded = foldMistakes();
    for (let i = 1; i <= 30; i++) folded.add(mistake(`case "c${i}" lacks it`, i), `c${i}`, i);
    folded.add(mistake('case "c31" lacks it', 7), "c31", 31);
    expect(folded.full()).toBe(false);
    expect(folded.told().map(({ message, place }) => [message, place.line])).toEqual([
      ['case "c1" lacks it; the same in 29 more cases: "c2" (line 2), "c3" (line 3), "c4" (line 4), …', 1],
      ['case "c31" lacks it', 7],
    ]);
  });

  it("is full at 20 different mistakes and tells no more", () => {
    const folded = foldMistakes();
    for (let i = 0; i < 30; i++) folded.add(mistake(`mistake ${i}`), "c");
    expect(folded.full()).toBe(true);
    expect(folded.told()).toHaveLength(20);
  });
});
