/**
 * The watchdog's own thread. It counts how long the main thread has not beaten, and then has the main thread itself say what it is at, in the
 * middle of whatever it does, through the inspector. Only where even that is not heard (native code that waits for ever) it ends the process.
 * In plain JavaScript, since a thread has no cache of compiled code and would load Node's compiler of types at every start.
 */
import { writeSync } from "node:fs";
import { Session } from "node:inspector";
import { workerData } from "node:worker_threads";

/**
 * What the main thread gives to the watchdog's.
 *
 * @typedef {object} WatchdogData
 * @property {SharedArrayBuffer} shared [0] beats, [1] times that the main thread was heard
 * @property {SharedArrayBuffer} userCode `userCodeDepth`
 * @property {string} hook name of the global function (in the registry of symbols) that is called on the main thread with beat and milliseconds
 * @property {number} noticeMs
 * @property {number} limitMs
 * @property {string} lastWords printed before the process is killed; escaped already
 */

const TICK_MS = 500;
/** How long after the limit the main thread may take to be heard. */
const GRACE_MS = 3_000;

/** @type {WatchdogData} */
const { shared, userCode, hook, noticeMs, limitMs, lastWords } = workerData;
const beats = new Int32Array(shared);
const depth = new Int32Array(userCode);

let seen = Atomics.load(beats, 0);
let heard = 0;
let stuckMs = 0;
let asking = false;

setInterval(() => {
  const beat = Atomics.load(beats, 0);
  if (beat !== seen) {
    seen = beat;
    heard = Atomics.load(beats, 1);
    stuckMs = 0;
    return;
  }
  // Ticks are counted, not the clock: while the machine sleeps nothing is stuck.
  stuckMs += TICK_MS;
  if (stuckMs < noticeMs) return;
  if (!asking) ask(beat);
  if (stuckMs >= limitMs + GRACE_MS && Atomics.load(beats, 1) === heard && Atomics.load(depth, 0) > 0) {
    writeSync(2, lastWords);
    process.kill(process.pid, "SIGKILL");
  }
}, TICK_MS);

/** @param {number} beat */
function ask(beat) {
  asking = true;
  const session = new Session();
  const over = () => {
    session.disconnect();
    asking = false;
  };
  try {
    session.connectToMainThread();
    const expression = `globalThis[Symbol.for(${JSON.stringify(hook)})](${beat}, ${stuckMs})`;
    session.post("Runtime.evaluate", { expression }, over);
  } catch {
    // A Node without an inspector: the limit is left.
    asking = false;
  }
}
