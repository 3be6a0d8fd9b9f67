/** What every command that makes calls begins with: progress that shows no secret, signals that drain, and a watchdog that hears of both. */
import type { RunOptions } from "../engine/run.ts";
import { mapStrings } from "../report/map-strings.ts";
import { createProgress, type Progress } from "../report/progress.ts";
import { terminalKind } from "../report/terminal-kind.ts";
import { freeDescriptors } from "./open-files.ts";
import type { Opened } from "./open-plan.ts";
import { callsBegin, endEarly } from "./process-end.ts";
import { listenForSignals, type Stopping } from "./signals.ts";

export interface Calling {
  readonly progress: Progress;
  readonly stopping: Stopping;
  /** For `runCalls`, beside the caps of the command. */
  readonly options: Pick<RunOptions, "onProgress" | "openFiles" | "signals">;
  /** To be called when all calls are over: progress says nothing more, and what signals have to say goes to standard error as it is. */
  readonly over: () => void;
}

/** The caller ends it: `progress.done()` and `stopping.dispose()`, whatever happens. */
export function beginCalls({ world, redact, watchdog }: Pick<Opened, "world" | "redact" | "watchdog">): Calling {
  const terminal = () => terminalKind(process.stderr, world.env);
  const progress = createProgress({
    stream: process.stderr,
    bars: terminal().bars,
    columns: () => terminal().columns,
    now: world.monotonicMs,
  });
  let tell: (text: string) => void = progress.note;
  const stopping = listenForSignals({ say: (text) => tell(text), end: (code, said) => void endEarly(code, said) });
  callsBegin();
  watchdog.onStuck(stopping);
  const openFiles = freeDescriptors();
  return {
    progress,
    stopping,
    options: {
      ...(openFiles === undefined ? {} : { openFiles }),
      onProgress: (snapshot) => progress.update(mapStrings(snapshot, redact)),
      signals: { drain: stopping.drain, abort: stopping.abort },
    },
    over: () => {
      progress.done();
      tell = (text) => process.stderr.write(`${text}\n`);
      stopping.callsAreOver();
    },
  };
}
