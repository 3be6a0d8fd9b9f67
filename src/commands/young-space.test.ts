import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";

/** Bytes of the young space of a process: when it is bounded, after work that would make it grow, and after the same work without the bound. */
function sizes(): readonly number[] {
  const code = `import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";
import { boundYoungSpace } from ${JSON.stringify(new URL("young-space.ts", import.meta.url).href)};
const size = () => getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space").space_size;
const work = () => {
  for (let n = 0, kept = []; n < 600_000; n++) {
    kept.push({ n, m: [n] });
    if (n % 100_000 === 0) kept = [];
  }
  return size();
};
boundYoungSpace();
const told = [size(), work()];
setFlagsFromString("--semi-space-growth-factor=2");
console.log(JSON.stringify([...told, work()]));`;
  const args = ["--input-type=module", "--eval", code];
  return JSON.parse(
    execFileSync(process.execPath, args, { encoding: "utf8", env: { ...process.env, NODE_OPTIONS: "" } }),
  );
}

it("keeps the young space as large as it is, which would grow otherwise", () => {
  const [before = 0, bounded = 0, free = 0] = sizes();
  // Its second half comes into being with the first collection, and pages that cannot be moved are counted beside.
  expect(bounded).toBeLessThan(4 * before);
  expect(free).toBeGreaterThan(8 * before);
}, 30_000);
