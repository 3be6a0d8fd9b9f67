/** The model card against its figures and against what would be measured; no model runs here. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type Figure, faults, withFigures } from "../models/tiny/card.ts";
import { repository } from "./repository.ts";

const read = (path: string) => readFileSync(join(repository, path), "utf8");
const card = read("models/tiny/MODEL_CARD.md");
const kept: readonly Figure[] = JSON.parse(read("models/tiny/figures.json"));
const sealed = read("datasets/SEALED.sha256");
const given = { measured: kept, kept, sealed };

/** The card with one row's words put otherwise; fails where the row has no such words. */
function edited(row: string, from: string, to: string): string {
  const line = card.split("\n").find((one) => one.startsWith(row)) ?? "";
  expect(line).toContain(from);
  return card.replace(line, line.replace(from, to));
}

describe("the model card", () => {
  it("says what figures.json says, target by target, and the sealed hashes", () => {
    expect(kept).toHaveLength(32);
    expect(faults(card, given)).toEqual([]);
    expect(withFigures(card, kept)).toBe(card);
  });

  const row = "| intent-routing | tuned on 960 |";
  const isRow = ({ suite, target }: Figure) => suite === "intent-routing" && target === "tuned on 960";
  const { strict = 0, lower = 0, upper = 0, cases = 0, inputTokens = 0 } = kept.find(isRow) ?? {};
  const off = (points: number) => (points < 50 ? points + 15 : points - 15).toFixed(1);
  const [right, low, high] = [strict, lower, upper].map((points) => points.toFixed(1));
  it.each([
    ["a rate", `${right} %`, `${off(strict)} %`, `right ${strict} %, the card says ${Number(off(strict))} %`],
    ["a lower bound", `${low} to`, `${off(lower)} to`, `lower bound ${lower} %, the card says ${Number(off(lower))} %`],
    [
      "an upper bound",
      `to ${high}`,
      `to ${off(upper)}`,
      `upper bound ${upper} %, the card says ${Number(off(upper))} %`,
    ],
    ["a number of cases", `| ${cases} |`, `| ${cases}0 |`, `test cases ${cases}, the card says ${cases}0`],
    [
      "tokens",
      `| ${inputTokens} |`,
      `| ${inputTokens - 1} |`,
      `tokens in ${inputTokens}, the card says ${inputTokens - 1}`,
    ],
  ])("fails with %s that was edited", (_, from, to, said) => {
    const found = faults(edited(row, from, to), given);
    expect(found[0]).toBe(`intent-routing/tuned on 960: ${said}`);
    expect(found[1]).toMatch(/^intent-routing\/tuned on 960: the card and figures.json differ: /);
    expect(found).toHaveLength(2);
  });

  it("fails with a card and a figures.json that were edited alike", () => {
    const both = kept.map((one) => (isRow(one) ? { ...one, strict: Number(off(strict)) } : one));
    expect(faults(withFigures(card, both), { ...given, kept: both })).toEqual([
      `intent-routing/tuned on 960: right ${strict} %, the card says ${Number(off(strict))} %`,
    ]);
  });

  it("lets a measurement differ by the band and no more", () => {
    const moved = (tenths: number) => ({
      ...given,
      measured: kept.map((one) => (isRow(one) ? { ...one, strict: (Math.round(strict * 10) + tenths) / 10 } : one)),
    });
    expect(faults(card, moved(20))).toEqual([]);
    expect(faults(card, moved(-20))).toEqual([]);
    expect(faults(card, moved(21))).toHaveLength(1);
    expect(faults(card, moved(-21))).toHaveLength(1);
  });

  it("fails with a row that is missing, too much, twice or unreadable, and with another sealed hash", () => {
    expect(faults(edited(row, "tuned on 960", "tuned on 9600"), given)).toEqual([
      "intent-routing/tuned on 960: not in the card",
      "intent-routing/tuned on 9600: stands in the card or in figures.json, and is no target",
    ]);
    expect(faults(edited(row, `${right} %`, "about 80 %"), given)[0]).toContain("cannot be read as a figure");
    const line = card.split("\n").find((one) => one.startsWith(row)) ?? "";
    expect(faults(card.replace(line, `${line}\n${line}`), given)).toEqual([
      "intent-routing/tuned on 960: stands in the card twice",
    ]);
    expect(faults(card.replace("<!-- figures -->", ""), given)).toHaveLength(32);
    expect(faults(card.replace(/^37f41e/m, "37f41f"), given)).toHaveLength(1);
  });
});
