/**
 * promptfoo as a peer of the bench, where a machine has it: the same calls of the same stub, each answer held against the same word. It is no
 * dependency of this project: what is there is used, what is not is said.
 */
import { readFileSync, realpathSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { type Finished, runMeasured } from "./measured-process.ts";
import { makeFolder, questionAt, SYSTEM } from "./project.ts";

export interface Promptfoo {
  readonly version: string;
  /** The file that Node runs. */
  readonly entry: string;
}

/** In `folder`, where npm installed it (`npm install promptfoo@0.123 --prefix folder`), or without one on PATH; undefined where it is not. */
export function findPromptfoo(folder: string | undefined, path = process.env.PATH ?? ""): Promptfoo | undefined {
  const commands =
    folder === undefined
      ? path.split(delimiter).map((each) => join(each, "promptfoo"))
      : [join(resolve(folder), "node_modules/.bin/promptfoo")];
  for (const command of commands) {
    try {
      const entry = realpathSync(command);
      return { entry, version: versionOf(dirname(entry)) };
    } catch {
      // Not here.
    }
  }
  return undefined;
}

function versionOf(folder: string): string {
  try {
    const { name, version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    if (name === "promptfoo") return String(version);
  } catch {
    // Further up.
  }
  if (dirname(folder) === folder) throw new Error("no package of that name");
  return versionOf(dirname(folder));
}

/**
 * `calls` of them, half to each of two models as gapcheck's own project has them. No cache, no telemetry, no update check, nothing shared; what would leave
 * this machine all the same meets a proxy that is not there. Throws where it ends with a failure or an answer did not pass.
 */
export async function runPromptfoo(
  { entry }: Promptfoo,
  { folder, stub, calls, atOnce }: { folder: string; stub: string; calls: number; atOnce: number },
): Promise<Finished> {
  const place = makeFolder(folder, "promptfoo");
  const tests = Array.from({ length: calls / 2 }, (_, n) =>
    JSON.stringify({ vars: { input: questionAt(n) }, assert: [{ type: "equals", value: "ok" }] }),
  );
  writeFileSync(join(place, "tests.jsonl"), `${tests.join("\n")}\n`);
  const prompt = [
    { role: "system", content: SYSTEM },
    { role: "user", content: "{{input}}" },
  ];
  writeFileSync(join(place, "prompt.json"), JSON.stringify(prompt));
  const provider = (id: string) => ({ id, config: { apiBaseUrl: stub, apiKey: "none", max_tokens: 64 } });
  const config = {
    prompts: ["file://prompt.json"],
    providers: [provider("openai:chat:bench-a"), provider("openai:chat:bench-b")],
    tests: "file://tests.jsonl",
  };
  writeFileSync(join(place, "promptfooconfig.json"), JSON.stringify(config));
  const quiet = ["--no-cache", "--no-write", "--no-table", "--no-progress-bar", "--no-share"];
  const nowhere = "http://127.0.0.1:9";
  return runMeasured([entry, "eval", ...quiet, "-j", String(atOnce), "-c", "promptfooconfig.json", "-o", "out.json"], {
    folder,
    cwd: place,
    env: {
      PROMPTFOO_CONFIG_DIR: join(place, "config"),
      PROMPTFOO_DISABLE_TELEMETRY: "1",
      PROMPTFOO_DISABLE_UPDATE: "1",
      PROMPTFOO_DISABLE_SHARING: "1",
      PROMPTFOO_DISABLE_REMOTE_GENERATION: "1",
      HTTP_PROXY: nowhere,
      HTTPS_PROXY: nowhere,
      NO_PROXY: "127.0.0.1,localhost",
    },
  });
}
