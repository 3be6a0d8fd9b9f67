/**
 * Which code of a suite has the thread right now: for the watchdog, which can only look from outside. One per process, as the thread is.
 * It follows what runs at one go; what goes on after an `await` is no longer told.
 */

type Told = () => string;

let running: Told | undefined;

/** [0]: how deep in code of a suite the thread is, to be read from another thread. */
export const userCodeDepth: SharedArrayBuffer = new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT);
const depth = new Int32Array(userCodeDepth);

/** Calls code of a suite. `what` says which, as in `the grader "exact" on case "c7"`; it is only asked when somebody wants to know. */
export function runUserCode<Result>(what: Told, code: () => Result): Result {
  const before = running;
  running = what;
  Atomics.add(depth, 0, 1);
  try {
    return code();
  } finally {
    Atomics.sub(depth, 0, 1);
    running = before;
  }
}

/** As `runUserCode`, for what is waited for while nothing else runs: a suite file that loads. */
export async function awaitUserCode<Result>(what: Told, code: () => Promise<Result>): Promise<Result> {
  const before = running;
  running = what;
  Atomics.add(depth, 0, 1);
  try {
    return await code();
  } finally {
    Atomics.sub(depth, 0, 1);
    running = before;
  }
}

/** What `runUserCode` or `awaitUserCode` was told of the innermost code that runs; undefined when none does. */
export function runningUserCode(): string | undefined {
  return running?.();
}
