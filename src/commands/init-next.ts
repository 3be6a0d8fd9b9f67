/** What `init` says comes next. */
import { escapeToLine } from "../report/escape.ts";
import { wrapHanging } from "../report/wrap.ts";
import { WORKFLOW } from "../scaffold/files.ts";
import { ownCommand, scriptCommand } from "../scaffold/package-manager.ts";
import { keyOf, type Provider } from "../scaffold/starter-suite.ts";
import { type Means, WIDTH } from "./init-means.ts";

export interface Next {
  /** Scripts that run something else than gapcheck, such as `scripts.eval`. */
  readonly kept: readonly string[];
  readonly means: Means;
  /** Just now. */
  readonly installed: boolean;
}

/** Lines of 80 columns at most: what to type, and in a column beside it what for. */
export function nextSteps(provider: Provider, { kept, means, installed: now }: Next): readonly string[] {
  const key = keyOf(provider);
  const { manager, isThere, source } = means;
  const typed = (script: string, command: string) =>
    kept.includes(`scripts.${script}`) ? ownCommand(manager, command) : scriptCommand(manager, script);
  const [plan, run] = [typed("plan", "plan"), typed("eval", "run")];
  const column = Math.max(20, plan.length, run.length) + 2;
  const step = (command: string, what: string) =>
    command.length + 2 <= column
      ? wrapHanging(`  ${command}`, what, column + 2, WIDTH)
      : [`  ${command}`, ...wrapHanging("", what, column + 2, WIDTH)];
  return [
    "Next:",
    ...(isThere || now ? [] : step(`${manager} install`, "once: gapcheck is not in this folder yet")),
    ...step(plan, "what it would call and cost, and what it can show"),
    ...step(
      run,
      key === undefined ? "its answers are made up: no key is needed" : `${key} must be set: it calls the models`,
    ),
    ...(key === undefined
      ? []
      : [
          ...step(
            ownCommand(manager, "baseline --update"),
            "after the first whole run: what pull requests are held against (reports/baseline.json, to be committed)",
          ),
          ...step(`gh secret set ${key}`, "the key for the checks, as a secret of the repository"),
        ]),
    ...step("git add -A", 'the workflow in .github gates pull requests: require its job "gate"'),
    ...(manager === "npm"
      ? []
      : wrapHanging("  ", `${WORKFLOW} installs by npm ci: put ${manager} in its place`, 2, WIDTH)),
    ...(source.kind !== "given" || isThere
      ? []
      : wrapHanging(
          "  ",
          `package.json names ${escapeToLine(source.spec)}: checks on GitHub need a version of the registry there, or a file of the repository`,
          2,
          WIDTH,
        )),
  ];
}
