/** Runs one Node process to its end and tells what it used, by the operating system's own accounting. */
import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export interface Usage {
  /** From outside: Node's own start is in it. */
  readonly wallSeconds: number;
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
}

export interface Finished extends Usage {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

const preload = fileURLToPath(new URL("measure.js", import.meta.url));

/** `folder` is scratch space; `accepts` are the exit codes that count as done. Throws on any other, with what the process said. */
export async function runMeasured(
  args: readonly string[],
  options: {
    readonly folder: string;
    readonly cwd?: string;
    readonly env?: Readonly<Record<string, string>>;
    readonly accepts?: readonly number[];
  },
): Promise<Finished> {
  const report = join(options.folder, `usage-${process.hrtime.bigint()}.json`);
  const began = performance.now();
  const child = spawn(process.execPath, ["--import", preload, ...args], {
    cwd: options.cwd ?? process.cwd(),
    env: { ...process.env, ...options.env, GAPCHECK_MEASURE: report },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const exitCode = await new Promise<number | null>((done, fail) => {
    child.on("error", fail);
    child.on("close", done);
  });
  const wallSeconds = (performance.now() - began) / 1_000;
  if (exitCode === null || !(options.accepts ?? [0]).includes(exitCode)) {
    throw new Error(`${args.join(" ")} ended with ${exitCode}\n${stderr.slice(-2000)}\n${stdout.slice(-1000)}`);
  }
  const usage: Omit<Usage, "wallSeconds"> = JSON.parse(readFileSync(report, "utf8"));
  return { wallSeconds, ...usage, exitCode, stdout, stderr };
}
