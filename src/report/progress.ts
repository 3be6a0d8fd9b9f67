/**
 * Shows how far a run is: bars that are drawn over on a terminal, one plain line every ten seconds elsewhere. Showing must never
 * break a run, so a stream that fails is left alone.
 */
import type { ProgressSnapshot } from "../engine/outcome.ts";
import { disarmCommands } from "./ci-commands.ts";
import { escapeForTerminal } from "./escape.ts";
import { progressLine, progressLines } from "./progress-lines.ts";

export interface ProgressStream {
  write(text: string): unknown;
  on?(event: "error", listener: (error: Error) => void): unknown;
}

/** Runs `action` once after `ms`; gives back what takes it off again. Must not keep the process alive. */
export type SetTimer = (action: () => void, ms: number) => () => void;

export interface ProgressOptions {
  /** Standard error, as a rule: standard output belongs to the verdict. */
  readonly stream: ProgressStream;
  /** Whether lines may be drawn over; `terminalKind(...).bars`. */
  readonly bars: boolean;
  /** Asked before every drawing, since a window changes its size. */
  readonly columns: () => number;
  readonly rows?: () => number;
  /** Milliseconds of a monotonic clock. */
  readonly now: () => number;
  readonly setTimer?: SetTimer;
}

export interface Progress {
  readonly update: (snapshot: ProgressSnapshot) => void;
  /** Says something for good: it stays above the bars. */
  readonly note: (text: string) => void;
  /** Takes the bars off the screen. Afterwards nothing is written any more. */
  readonly done: () => void;
}

const DRAW_EVERY_MS = 200;
const LINE_EVERY_MS = 10_000;
/** Lines stay narrower than common windows, so that making a window smaller seldom breaks a drawn line in two. */
const WIDTH_MOST = 79;

const realTimer: SetTimer = (action, ms) => {
  const timer = setTimeout(action, ms);
  timer.unref();
  return () => clearTimeout(timer);
};

/** A stream that is written to until it fails (`| head` closes it), and never throws. */
function carefully(stream: ProgressStream): (text: string) => void {
  let broken = false;
  stream.on?.("error", () => {
    broken = true;
  });
  return (text) => {
    if (broken || text === "") return;
    try {
      stream.write(text);
    } catch {
      broken = true;
    }
  };
}

/** Progress on `stream`; see `ProgressOptions`. Keeps at most one timer. */
export function createProgress(options: ProgressOptions): Progress {
  const write = carefully(options.stream);
  return options.bars ? bars(options, write) : plainLines(options, write);
}

function bars({ columns, rows, now, setTimer = realTimer }: ProgressOptions, write: (text: string) => void): Progress {
  let latest: ProgressSnapshot | undefined;
  let drawn = 0;
  let drawnAt = Number.NEGATIVE_INFINITY;
  let cancel: (() => void) | undefined;
  let ended = false;

  /**
   * Goes up by the lines drawn and clears from there. If a window became so narrow that drawn lines were broken, pieces of the
   * old drawing stay above: better than to wipe out lines that are not ours.
   */
  const erase = () => {
    const up = drawn > 1 ? `\x1b[${drawn - 1}A` : "";
    const text = drawn === 0 ? "" : `\r${up}\x1b[0J`;
    drawn = 0;
    return text;
  };
  const picture = () => {
    if (latest === undefined) return "";
    // One column and one row stay free: a full line makes some terminals scroll.
    const width = Math.max(1, Math.min(WIDTH_MOST, columns() - 1));
    const lines = progressLines(latest, width, Math.max(1, (rows?.() ?? 24) - 1));
    drawn = lines.length;
    return lines.join("\n");
  };
  const stopTimer = () => {
    cancel?.();
    cancel = undefined;
  };
  const draw = () => {
    stopTimer();
    drawnAt = now();
    write(erase() + picture());
  };

  return {
    update(snapshot) {
      if (ended) return;
      latest = snapshot;
      const wait = drawnAt + DRAW_EVERY_MS - now();
      if (wait <= 0) draw();
      else cancel ??= setTimer(draw, wait);
    },
    note(text) {
      if (ended) return;
      write(`${erase()}${escapeForTerminal(text)}\n${picture()}`);
    },
    done() {
      if (ended) return;
      ended = true;
      stopTimer();
      write(erase());
    },
  };
}

function plainLines({ now, setTimer = realTimer }: ProgressOptions, write: (text: string) => void): Progress {
  let latest: ProgressSnapshot | undefined;
  let saidAt = now();
  let cancel: (() => void) | undefined;
  let ended = false;

  const arm = () => {
    cancel?.();
    cancel = setTimer(say, Math.max(1, saidAt + LINE_EVERY_MS - now()));
  };
  const say = () => {
    cancel = undefined;
    if (ended || latest === undefined) return;
    saidAt = now();
    write(disarmCommands(`${progressLine(latest)}\n`));
    arm();
  };

  return {
    update(snapshot) {
      if (ended) return;
      latest = snapshot;
      if (now() - saidAt >= LINE_EVERY_MS) say();
      else if (cancel === undefined) arm();
    },
    note(text) {
      if (!ended) write(`${escapeForTerminal(text)}\n`);
    },
    done() {
      ended = true;
      cancel?.();
      cancel = undefined;
    },
  };
}
