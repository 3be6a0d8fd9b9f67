/** Runs the real command as a child process, as a person would, with nothing of the caller's environment but PATH. */
import { type ChildProcess, spawn } from "node:child_process";
import { join } from "node:path";
import { PLANTED_KEY, refuseKey } from "./planted-key.ts";
import { repository } from "./repository.ts";

export interface Finished {
  /** Exit code; for a process that a signal ended, undefined. */
  readonly code: number | undefined;
  readonly signal: NodeJS.Signals | undefined;
  readonly stdout: string;
  /** Without lines of progress: whether one comes in ten seconds is the machine's matter, and says nothing of the command. */
  readonly stderr: string;
  /** The lines of progress. */
  readonly progress: readonly string[];
}

const PROGRESS = /^gapcheck: \d+\/\d+ calls · .*\n/gm;

export interface Running {
  readonly process: ChildProcess;
  readonly finished: Promise<Finished>;
  /** Resolves once standard error or output has shown the text. */
  readonly shown: (text: string) => Promise<void>;
}

export interface CommandOptions {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Runs it as this user; only root may. */
  readonly uid?: number;
}

/**
 * Starts `gapcheck ARGS`. The caller awaits `finished` or ends the process by its id. `finished` rejects where the command said the key that it
 * had in its environment.
 */
export function startCommand(args: readonly string[], { cwd, env = {}, uid }: CommandOptions): Running {
  const child = spawn(process.execPath, [join(repository, "src/start.js"), ...args], {
    cwd,
    ...(uid === undefined ? {} : { uid }),
    env: {
      PATH: process.env.PATH ?? "",
      NO_COLOR: "1",
      COLUMNS: "80",
      PLANTED_API_KEY: PLANTED_KEY,
      ...env,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  const waiting: { readonly text: string; readonly resolve: () => void }[] = [];
  const look = () => {
    for (const one of waiting) if (stdout.includes(one.text) || stderr.includes(one.text)) one.resolve();
  };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    look();
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    look();
  });
  const finished = new Promise<Finished>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      try {
        refuseKey("standard output", Buffer.from(stdout));
        refuseKey("standard error", Buffer.from(stderr));
      } catch (thrown) {
        reject(thrown);
      }
      resolve({
        code: code ?? undefined,
        signal: signal ?? undefined,
        stdout,
        stderr: stderr.replace(PROGRESS, ""),
        progress: stderr.match(PROGRESS) ?? [],
      });
    });
  });
  return {
    process: child,
    finished,
    shown: (text) =>
      new Promise((resolve) => {
        waiting.push({ text, resolve });
        look();
      }),
  };
}

export function runCommand(args: readonly string[], options: CommandOptions): Promise<Finished> {
  return startCommand(args, options).finished;
}
