/** What the workflow that comments must lead to, by what the other one left: both files are played as they are, one after the other. */
import { globSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { tableAt, textAt } from "./expressions.ts";
import { EVENTS, SHA } from "./happenings.ts";
import type { ParsedWorkflow } from "./readers.ts";
import { type Happening, play, type Step } from "./simulator.ts";
import { runOf, type Subject } from "./truth-table.ts";
import { openWorld, type Started } from "./world.ts";

const URL = "https://github.com/you/shop/actions/runs/77";
const TOKEN = "ghs-token";

function ended(event: string, workflow: string, conclusion: string): Happening {
  const run = { id: "77", event, conclusion, head_sha: SHA, html_url: URL };
  return {
    ...{ event: "workflow_run", type: "completed", branch: "main", changed: [], workflow },
    contexts: {
      github: {
        // The default branch's newest commit, which is nobody's pull request.
        ...{ event_name: "workflow_run", sha: "b".repeat(40), repository: "you/shop", token: TOKEN },
        event: { workflow_run: run },
      },
      secrets: {},
    },
  };
}

/** The files of all artifacts, as the stub of `gh` finds them. */
function artifactsOf({ artifacts }: Started): { readonly [file: string]: string } {
  const files = [...artifacts].flatMap(([name, folder]) =>
    globSync("**", { cwd: folder })
      .filter((file) => statSync(join(folder, file)).isFile())
      .map((file) => [`artifacts/${name}/${file}`, readFileSync(join(folder, file), "utf8")] as const),
  );
  return Object.fromEntries(files);
}

/** Everything that comes out otherwise than it must. */
export async function* commentDeviations(evaluates: Subject, comments: ParsedWorkflow): AsyncGenerator<string> {
  const name = await textAt(tableAt(evaluates.workflow.root).get("name"), { contexts: {} });
  const world = openWorld();
  const [provider = ""] = evaluates.providers;
  const after = async (said: Happening, stub: { readonly [file: string]: string }) => {
    const started = world.start({ stub: { ran: "77", ...stub }, identity: false });
    const { jobs } = await play(comments, said, started.perform);
    const all = [...(jobs?.values() ?? [])];
    return {
      calls: started.calls(),
      results: all.map(({ result }) => result),
      steps: all.flatMap(({ steps }) => steps),
    };
  };
  try {
    for (const event of EVENTS) {
      for (const gate of ["pass", "fail"] as const) {
        const key = { [provider]: "sk-secret" };
        const { started } = await runOf(evaluates, world, event, { provider, gate, key });
        const left = artifactsOf(started);
        const said = ended(event, name, gate === "pass" ? "success" : "failure");
        const { calls, results, steps } = await after(said, left);
        const wanted = event === "pull_request" ? `comment summary of ${event} ${SHA} ${URL}` : "";
        if (calls.join("; ") !== wanted) yield `after ${event}, ${gate}: ${calls.join("; ") || "no comment"}`;
        const result = event === "pull_request" ? "success" : "skipped";
        if (results.join() !== result) yield `after ${event}, ${gate}: ${results.join() || "it does not start"}`;
        const holds = ({ env, with: inputs, run = "" }: Step) => JSON.stringify([env, inputs, run]).includes(TOKEN);
        if (steps.some((step) => holds(step) && step.name === "")) yield "a step that needs none has the token";
        if (event !== "pull_request") continue;
        const lost = await after(said, {});
        if (lost.results.join() !== "failure" || lost.calls.length > 0)
          yield "nothing is said of a run that left nothing";
        for (const other of [ended(event, "tests", "success"), { ...said, type: "requested" }]) {
          if ((await after(other, left)).results.length > 0) yield `it starts on ${other.workflow}, ${other.type}`;
        }
      }
    }
  } finally {
    world.close();
  }
}
