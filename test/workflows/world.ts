/**
 * Where a workflow is played: a folder for the workspace, a store of caches that outlives runs, artifacts, and stand-ins for the actions that ours use. Scripts
 * are run by a real shell as the runner starts it; `stubs/` stands for the commands that they call.
 */
import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import type { Step, StepEnd } from "./simulator.ts";

/** What the runner sends to the step's own process, and how long it waits after each. */
const CANCEL = [
  ["SIGINT", 7_500],
  ["SIGTERM", 2_500],
  ["SIGKILL", 1_000],
] as const;

export interface Given {
  /** Files of `$RUNNER_TEMP/stub`. */
  readonly stub: { readonly [file: string]: string };
  /** The step that fails whatever it does. */
  readonly fails?: (step: Step) => boolean;
  /** The step during which the run is cancelled, once its command has begun. */
  readonly cancels?: (step: Step) => boolean;
  /** Whether GitHub gives the job the token that asks for an identity: where it may write it, and no fork asks. */
  readonly identity: boolean;
}

export interface Started {
  readonly perform: (step: Step) => Promise<StepEnd>;
  /** What the stubs noted, a line a call. */
  readonly calls: () => readonly string[];
  /** Folders of what was uploaded, by the name of the artifact. */
  readonly artifacts: ReadonlyMap<string, string>;
}

export interface World {
  /** A fresh runner with the caches of those before. */
  readonly start: (given: Given) => Started;
  /** Another with the caches that this one has now, for as long as this one is open. */
  readonly fork: () => World;
  readonly close: () => void;
}

export interface Cache {
  readonly key: string;
  readonly path: string;
  readonly folder: string;
}

/** Inputs of the actions at the commits that ours name. */
const INPUTS: { readonly [action: string]: readonly string[] } = {
  "actions/checkout": [
    "persist-credentials",
    "fetch-depth",
    "ref",
    "repository",
    "token",
    "path",
    "clean",
    "submodules",
  ],
  "actions/setup-node": [
    "node-version",
    "node-version-file",
    "cache",
    "cache-dependency-path",
    "registry-url",
    "token",
  ],
  "actions/cache/restore": ["path", "key", "restore-keys", "fail-on-cache-miss", "lookup-only", "enableCrossOsArchive"],
  "actions/cache/save": ["path", "key", "upload-chunk-size", "enableCrossOsArchive"],
  "actions/upload-artifact": [
    ...["name", "path", "if-no-files-found", "retention-days", "compression-level", "overwrite"],
    ...["include-hidden-files", "archive"],
  ],
};

export function openWorld(before: readonly Cache[] = []): World {
  const root = mkdtempSync(join(tmpdir(), "gapcheck-workflow-"));
  const caches = [...before];
  let runs = 0;
  const keep = (key: string, path: string, from: string) => {
    if (caches.some((one) => one.key === key)) return;
    const folder = join(root, `cache-${caches.length}`);
    cpSync(from, folder, { recursive: true });
    caches.push({ key, path, folder });
  };
  return {
    start: (given) => startRunner(join(root, String(++runs)), { ...given, caches, keep }),
    fork: () => openWorld(caches),
    close: () => rmSync(root, { recursive: true, force: true }),
  };
}

interface Place extends Given {
  readonly caches: readonly Cache[];
  readonly keep: (key: string, path: string, from: string) => void;
}

function startRunner(folder: string, place: Place): Started {
  const temp = join(folder, "temp");
  const stub = join(temp, "stub");
  mkdirSync(stub, { recursive: true });
  for (const [file, text] of Object.entries(place.stub)) {
    mkdirSync(dirname(join(stub, file)), { recursive: true });
    writeFileSync(join(stub, file), text);
  }
  const artifacts = new Map<string, string>();
  const upload = (work: string, name: string, paths: readonly string[]): boolean => {
    if (artifacts.has(name)) return false;
    const to = join(folder, "artifacts", name);
    // A folder's contents, not the folder.
    for (const path of paths) {
      const folder = statSync(join(work, path)).isDirectory();
      cpSync(join(work, path), folder ? to : join(to, basename(path)), { recursive: true });
    }
    artifacts.set(name, to);
    return true;
  };
  const perform = async (step: Step): Promise<StepEnd> => {
    if (place.fails?.(step) === true) return { outcome: "failure" };
    // Each job has a machine of its own.
    const work = join(folder, step.job);
    mkdirSync(work, { recursive: true });
    if (step.run !== undefined) return runScript(step, { ...place, folder, work, temp });
    const keepArtifact = (name: string, paths: readonly string[]) => upload(work, name, paths);
    return { outcome: act(step, { ...place, work, upload: keepArtifact }) ? "success" : "failure" };
  };
  const noted = join(stub, "calls");
  const calls = () => (existsSync(noted) ? readFileSync(noted, "utf8").trimEnd().split("\n") : []);
  return { perform, calls, artifacts };
}

/** Whether the action succeeds. */
function act(
  { uses = "", with: inputs }: Step,
  { work, caches, keep, upload }: Place & { work: string; upload: (name: string, paths: readonly string[]) => boolean },
): boolean {
  const action = uses.replace(/@.*/, "");
  const known = INPUTS[action];
  if (known === undefined || Object.keys(inputs).some((input) => !known.includes(input))) return false;
  const { key = "", path = "" } = inputs;
  switch (action) {
    case "actions/checkout":
      for (const file of ["package.json", "package-lock.json", "src/start.js"]) {
        mkdirSync(dirname(join(work, file)), { recursive: true });
        writeFileSync(join(work, file), "");
      }
      return true;
    case "actions/setup-node":
      return existsSync(join(work, "package-lock.json"));
    case "actions/cache/restore": {
      const prefixes = (inputs["restore-keys"] ?? "").split("\n").filter((prefix) => prefix !== "");
      const mine = caches.filter((one) => one.path === path);
      const found =
        mine.find((one) => one.key === key) ??
        prefixes.flatMap((prefix) => mine.filter((one) => one.key.startsWith(prefix)).slice(-1))[0];
      if (found !== undefined) cpSync(found.folder, join(work, path), { recursive: true });
      return key !== "";
    }
    case "actions/cache/save":
      if (existsSync(join(work, path))) keep(key, path, join(work, path));
      return key !== "";
    default: {
      const found = globSync(path, { cwd: work }).filter((one) => existsSync(join(work, one)));
      const [first] = found;
      if (first === undefined) return inputs["if-no-files-found"] !== "error";
      const single = inputs.archive === "false";
      if (single && (found.length > 1 || statSync(join(work, first)).isDirectory())) return false;
      return upload(single ? basename(first) : (inputs.name ?? "artifact"), found);
    }
  }
}

const SHELLS: { readonly [shell: string]: readonly [string, ...string[]] } = {
  "": ["bash", "-e"],
  bash: ["bash", "--noprofile", "--norc", "-eo", "pipefail"],
  sh: ["sh", "-e"],
};

/** What scripts of a job that has nothing on its disk came to: it rests on nothing but what is in the key. */
const before = new Map<string, Promise<StepEnd>>();

function runScript(step: Step, place: ScriptPlace): Promise<StepEnd> {
  if (readdirSync(place.work).length > 0 || place.cancels?.(step) === true) return runAnew(step, place);
  const { run, shell, env, permissions } = step;
  const key = JSON.stringify([run, shell, env, permissions, place.identity, place.stub]);
  const known = before.get(key) ?? runAnew(step, place);
  before.set(key, known);
  return known;
}

interface ScriptPlace extends Place {
  readonly folder: string;
  readonly work: string;
  readonly temp: string;
}

async function runAnew(step: Step, { folder, work, temp, cancels, identity }: ScriptPlace): Promise<StepEnd> {
  const { run = "", shell = "", at, job, env, permissions } = step;
  const [program, ...options] = SHELLS[shell] ?? [];
  if (program === undefined) throw new Error(`the shell "${shell}" is not simulated`);
  const name = join(folder, `${job}-${at}`);
  for (const [end, text] of [
    ["sh", run],
    ["output", ""],
    ["env", ""],
    ["summary", ""],
  ] as const) {
    writeFileSync(`${name}.${end}`, text);
  }
  const asksIdentity = identity && permissions["id-token"] === "write";
  const child = spawn(program, [...options, `${name}.sh`], {
    cwd: work,
    stdio: "ignore",
    env: {
      PATH: `${join(import.meta.dirname, "stubs")}:${process.env.PATH ?? ""}`,
      ...{ CI: "true", GITHUB_ACTIONS: "true", GITHUB_WORKSPACE: work, RUNNER_TEMP: temp },
      ...{ GITHUB_OUTPUT: `${name}.output`, GITHUB_ENV: `${name}.env`, GITHUB_STEP_SUMMARY: `${name}.summary` },
      ...(asksIdentity
        ? { ACTIONS_ID_TOKEN_REQUEST_URL: "https://issuer.example?v=1", ACTIONS_ID_TOKEN_REQUEST_TOKEN: "ask" }
        : {}),
      ...env,
    },
  });
  const ended = new Promise<number | null>((resolve) => child.on("exit", (code) => resolve(code)));
  const cancelled = cancels?.(step) === true;
  if (cancelled) {
    const started = join(temp, "stub/started");
    while (!existsSync(started) && child.exitCode === null) await wait(10);
    for (const [signal, graceMs] of CANCEL) {
      child.kill(signal);
      if ((await Promise.race([ended, wait(graceMs, "late", { ref: false })])) !== "late") break;
    }
  }
  const code = await ended;
  if (readFileSync(`${name}.env`, "utf8") !== "") throw new Error("GITHUB_ENV is not simulated");
  const lines = readFileSync(`${name}.output`, "utf8")
    .split("\n")
    .filter((line) => line !== "");
  const outputs = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
  return { outcome: cancelled ? "cancelled" : code === 0 ? "success" : "failure", outputs };
}
