import { describe, expect, it } from "vitest";
import { msUntil } from "./deadline.ts";

const now = new Date(2026, 10, 29, 22, 15, 30);
const HOUR = 3_600_000;

describe("msUntil", () => {
  it.each([
    ["90s", 90_000],
    ["30m", HOUR / 2],
    ["30min", HOUR / 2],
    ["1h30m", 1.5 * HOUR],
    ["0.5h", HOUR / 2],
    ["0s", 0],
    ["22:16", 30_000],
    ["22:15", 24 * HOUR - 30_000],
    ["6:15", 8 * HOUR - 30_000],
    [new Date(now.getTime() + 5_000).toISOString(), 5_000],
    [new Date(now.getTime() - 5_000).toISOString(), -5_000],
    ["2026-11-29T22:16", 30_000],
  ])("reads %s", (text, ms) => {
    expect(msUntil(text, now)).toBe(ms);
  });

  it.each(["", "soon", "30", "30 m", "-5m", "24:00", "12:60", "2026-11-29", "2026-13-01T00:00", "5d"])(
    "does not read %j",
    (text) => {
      expect(msUntil(text, now)).toBeUndefined();
    },
  );
});
