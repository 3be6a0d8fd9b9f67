/** The processes that run local models: started when first asked, one call each at a time, killed when a call is given up. */
import { type ChildProcess, fork } from "node:child_process";
import { getCompileCacheDir } from "node:module";
import { availableParallelism } from "node:os";
import { dirname, extname } from "node:path";
import type { LocalReply, LocalRequest } from "./local-worker.ts";

/** A reply, or what became of the process instead. */
export type LocalOutcome =
  | LocalReply
  | { readonly kind: "died"; readonly message: string }
  | { readonly kind: "stopped" };

export interface LocalPool {
  /** Asks the first free process, one that has the key's context if there is one. Resolves with `stopped` when the signal ends the call. */
  readonly ask: (request: Omit<LocalRequest, "id">, signal: AbortSignal) => Promise<LocalOutcome>;
}

interface Waiting {
  readonly request: Omit<LocalRequest, "id">;
  readonly signal: AbortSignal;
  readonly settle: (outcome: LocalOutcome) => void;
}

interface Worker {
  readonly child: ChildProcess;
  readonly keys: Set<string>;
  busy: Waiting | undefined;
}

/** Variables that a native library may need; keys of providers are none of its business. */
const PASSED = ["PATH", "HOME", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SystemRoot", "TMPDIR", "TEMP"];

/** So that the other process finds compiled what it reads before its first line runs; Node puts a folder of its version into the one given. */
function compileCache(): Readonly<Record<string, string>> {
  const folder = getCompileCacheDir();
  return folder === undefined ? {} : { NODE_COMPILE_CACHE: dirname(folder) };
}

/** A pool of at most so many processes (default: one a processor). */
export function createLocalPool(size: number = availableParallelism()): LocalPool {
  const workers: Worker[] = [];
  const waiting: Waiting[] = [];
  let ids = 0;

  const start = (): Worker => {
    const child = fork(new URL(`local-worker${extname(import.meta.url)}`, import.meta.url), {
      stdio: ["ignore", "ignore", "ignore", "ipc"],
      execArgv: [],
      env: {
        ...Object.fromEntries(
          PASSED.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]])),
        ),
        ...compileCache(),
      },
    });
    const worker: Worker = { child, keys: new Set(), busy: undefined };
    const gone = (message: string): void => {
      const index = workers.indexOf(worker);
      if (index >= 0) workers.splice(index, 1);
      settle(worker, { kind: "died", message });
    };
    child.on("message", (reply: LocalReply) => settle(worker, reply));
    child.on("error", (error) => gone(error.message));
    child.on("exit", (code, signal) =>
      gone(signal === null ? `it ended with exit code ${code}` : `it was ended by ${signal}`),
    );
    idle(worker);
    workers.push(worker);
    return worker;
  };

  const settle = (worker: Worker, outcome: LocalOutcome): void => {
    const { busy } = worker;
    worker.busy = undefined;
    idle(worker);
    busy?.settle(outcome);
    next();
  };

  const next = (): void => {
    while (waiting.length > 0) {
      const [first] = waiting;
      if (first === undefined) return;
      const free = workers.filter(({ busy }) => busy === undefined);
      const worker =
        free.find(({ keys }) => keys.has(first.request.key)) ?? (workers.length < size ? start() : free[0]);
      if (worker === undefined) return;
      waiting.shift();
      worker.busy = first;
      worker.keys.add(first.request.key);
      worker.child.ref();
      worker.child.channel?.ref();
      worker.child.send({ id: ids++, ...first.request }, (error) => {
        if (error !== null) settle(worker, { kind: "died", message: error.message });
      });
    }
  };

  return {
    ask: async (request, signal) => {
      if (signal.aborted) return { kind: "stopped" };
      return await new Promise<LocalOutcome>((resolve) => {
        const stop = (): void => {
          const index = waiting.indexOf(call);
          if (index >= 0) waiting.splice(index, 1);
          // What runs cannot be asked to stop at a set point: the process is ended, and another one started when it is needed. It gets no more
          // calls from here on, even where its reply comes before its end.
          const at = workers.findIndex(({ busy }) => busy === call);
          if (at >= 0) workers.splice(at, 1)[0]?.child.kill("SIGKILL");
          call.settle({ kind: "stopped" });
        };
        const call: Waiting = {
          request,
          signal,
          settle: (outcome) => {
            signal.removeEventListener("abort", stop);
            resolve(outcome);
          },
        };
        signal.addEventListener("abort", stop, { once: true });
        waiting.push(call);
        next();
      });
    },
  };
}

/** A process that has nothing to do keeps nobody waiting for it. */
function idle({ child }: Worker): void {
  child.unref();
  child.channel?.unref();
}
