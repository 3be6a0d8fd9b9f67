import { describe, expect, it } from "vitest";
import { FALSE_ALARMS, levelsAt, looksOf } from "./looks.ts";

describe("levels of looks", () => {
  it.each([1, 2, 3, 5])("spend no more than is meant over %i planned looks and all that come after", (planned) => {
    let pass = 0;
    let fail = 0;
    for (let look = 1; look <= 500; look++) {
      const levels = levelsAt(look, planned, 0.05);
      pass += levels.pass;
      fail += levels.fail;
    }
    expect(pass).toBeLessThan(0.05);
    expect(pass).toBeGreaterThan(0.049);
    expect(fail).toBeLessThan(FALSE_ALARMS);
    expect(fail).toBeGreaterThan(0.98 * FALSE_ALARMS);
  });

  it("take the trials asked for as a look of their own", () => {
    expect(looksOf([1, 3, 5], undefined)).toEqual([1, 3, 5]);
    expect(looksOf([1, 3, 5], 7)).toEqual([1, 3, 5, 7]);
    expect(looksOf([1, 3, 5], 3)).toEqual([1, 3]);
    expect(looksOf([3], 1)).toEqual([1]);
  });
});
