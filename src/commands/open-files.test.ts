import { expect, it } from "vitest";
import { freeDescriptors, openFilesLimit } from "./open-files.ts";

it("reads the soft limit, and knows none from unlimited", () => {
  const line = (soft: string) =>
    `Limit                     Soft Limit           Hard Limit           Units     \nMax open files            ${soft.padEnd(20)} 1048576              files     \n`;
  expect(openFilesLimit(line("64"))).toBe(64);
  expect(openFilesLimit(line("unlimited"))).toBeUndefined();
  expect(openFilesLimit("")).toBeUndefined();
  expect(freeDescriptors() ?? 1).toBeGreaterThanOrEqual(1);
});
