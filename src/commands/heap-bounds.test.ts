import { execFileSync } from "node:child_process";
import { expect, it } from "vitest";

/** What `code` prints as JSON, run in a process of its own where `boundHeap` is at hand. */
function inProcess(code: string): readonly number[] {
  const before = `import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";
import { boundHeap } from ${JSON.stringify(new URL("heap-bounds.ts", import.meta.url).href)};
const sizeOf = (space) => getHeapSpaceStatistics().find(({ space_name }) => space_name === space).space_size;
const halfOf = () => {
  const { space_used_size, space_available_size } = getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space");
  return space_used_size + space_available_size;
};\n`;
  const args = ["--input-type=module", "--eval", before + code];
  return JSON.parse(
    execFileSync(process.execPath, args, { encoding: "utf8", env: { ...process.env, NODE_OPTIONS: "" } }),
  );
}

it("keeps the young space as large as it is, which would grow otherwise", () => {
  const [before = 0, bounded = 0, free = 0] = inProcess(`const work = () => {
  for (let n = 0, kept = []; n < 600_000; n++) {
    kept.push({ n, m: [n] });
    if (n % 100_000 === 0) kept = [];
  }
  return halfOf();
};
boundHeap();
const told = [halfOf(), work()];
setFlagsFromString("--semi-space-growth-factor=2");
console.log(JSON.stringify([...told, work()]));`);
  // On a busy machine pages that are not swept yet are counted too: nearly as much again. What grows does so twofold, several times.
  expect(bounded).toBeLessThan(4 * before);
  expect(free).toBeGreaterThan(8 * before);
}, 30_000);

it("lets the young space grow back to what it was once V8 has made it small, and no further", () => {
  const [before = 0, small = 0, after = 0] = inProcess(`import { runInNewContext } from "node:vm";
const work = async () => {
  for (let n = 0, kept = []; n < 600_000; n++) {
    kept.push({ n, m: [n] });
    if (n % 100_000 === 0) kept = [];
    if (n % 5_000 === 0) await new Promise((done) => setImmediate(done));
  }
};
for (let n = 0, kept = []; n < 100_000; n++) kept.push({ n, m: [n] });
boundHeap();
const told = [halfOf()];
setFlagsFromString("--expose-gc");
runInNewContext("gc")({ type: "major", flavor: "last-resort" });
told.push(halfOf());
await work();
console.log(JSON.stringify([...told, halfOf()]));`);
  expect(small).toBeLessThan(before);
  // It grows twofold, and as above some pages may be counted beside.
  expect(2 * after).toBeGreaterThan(before);
  expect(after).toBeLessThan(1.9 * before);
}, 30_000);

it("keeps the old space near what is alive, where garbage would fill several times as much", () => {
  // What is alive at a time are 150,000 objects; each lives long enough to get old.
  const [bounded = 0, free = 0] = inProcess(`const work = () => {
  const alive = [];
  let most = 0;
  for (let n = 0; n < 1_200_000; n++) {
    alive[n % 150_000] = { n, m: [n] };
    if (n % 20_000 === 0) most = Math.max(most, sizeOf("old_space"));
  }
  return most;
};
boundHeap();
const told = work();
setFlagsFromString("--heap-growing-percent=0");
console.log(JSON.stringify([told, work()]));`);
  expect(free).toBeGreaterThan(1.3 * bounded);
}, 30_000);

it("collects what a pass over many trials left behind, and spends no time on few", () => {
  const [before = 0, few = 0, many = 0] =
    inProcess(`import { collectAfter } from ${JSON.stringify(new URL("heap-bounds.ts", import.meta.url).href)};
const used = () => process.memoryUsage().heapUsed;
let list = Array.from({ length: 400_000 }, (_, n) => ({ n }));
const told = [used() + 0 * list.length];
list = undefined;
collectAfter(20_000);
told.push(used());
collectAfter(20_001);
collectAfter(20_001);
console.log(JSON.stringify([...told, used()]));`);
  expect(few).toBeGreaterThan(0.9 * before);
  expect(many).toBeLessThan(0.7 * before);
}, 30_000);
