/**
 * Keeps the heap near what is alive in it. V8 lets the part in which objects begin grow to 128 MB where a machine has memory to spare, and the part
 * of those that lived on to a multiple of what is alive there. What a run makes is dead within a call or within a few, and is swept out of a small
 * heap in nearly the same time. Node can bound both by options only, which nobody would give, and which a `#!` line cannot carry everywhere; V8 can
 * be told at any time.
 */
import { PerformanceObserver } from "node:perf_hooks";
import { getHeapSpaceStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

/** Of what is alive: so much garbage may lie beside it, or 16 MB where that is more, before all of the heap is looked through. */
const GARBAGE_PERCENT = 30;

/**
 * From here on the young space grows no larger than it is: 8 MB (`plan`) to 16 MB (`run`), both halves together, once a command has been loaded; and
 * the old one is swept before it holds much garbage. Where the user has set the size of either, that counts.
 */
export function boundHeap(): void {
  const given = [...process.execArgv, ...(process.env.NODE_OPTIONS ?? "").split(" ")];
  const sets = (option: RegExp) => given.some((one) => option.test(one));
  if (!sets(/^--(?:min-|max-)?semi[-_]space/)) boundYoungSpace();
  if (!sets(/^--(?:max-old-space|max-heap|heap-growing|optimize-for-size)/)) {
    setFlagsFromString(`--heap-growing-percent=${GARBAGE_PERCENT}`);
  }
}

/**
 * V8 makes the young space small while little is made, as when a run waits for a slow provider. It has to grow back to where it was: at 1 MB much of
 * what is soon dead gets old, and sweeping costs a run of 20,000 calls two fifths more.
 */
function boundYoungSpace(): void {
  const most = youngSpace();
  let factor = 0;
  const bound = () => {
    const wanted = 2 * youngSpace() <= most ? 2 : 1;
    if (wanted === factor) return;
    factor = wanted;
    setFlagsFromString(`--semi-space-growth-factor=${factor}`);
  };
  bound();
  new PerformanceObserver(bound).observe({ entryTypes: ["gc"] });
}

/** Trials of a pass that leave less behind than a collection is worth, some 0.1 s. */
const FEW_TRIALS = 20_000;

let collector: (() => void) | undefined;

/**
 * Collects what a pass over so many trials has left behind, before the next one makes lists of its own: these would lie on top of it, since V8 waits until
 * there is more than `boundHeap` lets it have.
 */
export function collectAfter(trials: number): void {
  if (trials <= FEW_TRIALS) return;
  collector ??= exposedCollector();
  collector();
}

/** V8 shows its collector only to what begins after the option was set. */
function exposedCollector(): () => void {
  setFlagsFromString("--expose-gc");
  const collect: unknown = runInNewContext("gc");
  return typeof collect === "function" ? () => collect({ type: "major", flavor: "last-resort" }) : () => undefined;
}

/** Bytes of one half. */
function youngSpace(): number {
  const space = getHeapSpaceStatistics().find(({ space_name }) => space_name === "new_space");
  return space === undefined ? 0 : space.space_used_size + space.space_available_size;
}
