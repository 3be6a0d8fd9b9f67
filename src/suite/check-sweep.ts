/** Mistakes of a suite's space of prompts that its schema cannot see. */
import type { ConfigError } from "../errors.ts";
import type { Word } from "./anchor.ts";
import type { GivenSuite } from "./check.ts";
import { didYouMean } from "./closest.ts";
import { MOST_PROMPTS, type Sweep } from "./sweep.ts";
import { parseTemplate } from "./template.ts";

type Add = (code: ConfigError["code"], path: string, message: string, fix: string, words?: readonly Word[]) => void;

const AXES = ["instructions", "contexts", "shots", "parameters"] as const;

export function checkSweep({ sweep, targets }: GivenSuite, add: Add): void {
  if (!isObject(sweep)) return;
  const words = [{ key: "sweep" }];
  checkFrom(sweep, Array.isArray(targets) ? targets : [], add);
  const given = AXES.flatMap((axis) => (isObject(sweep[axis]) ? [Object.keys(sweep[axis] ?? {}).length] : []));
  const empty = AXES.filter((axis) => isObject(sweep[axis]) && Object.keys(sweep[axis] ?? {}).length === 0);
  for (const axis of empty) {
    const fix = "Name a value of it, or leave the axis out: then it stays as `from` has it.";
    add("empty-sweep", `sweep.${axis}`, `sweep.${axis} has no value`, fix, [...words, { key: axis }]);
  }
  const size = given.reduce((product, values) => product * values, given.length === 0 ? 0 : 1);
  if (size < 2 && empty.length === 0) {
    const message = `sweep makes ${size === 1 ? "one prompt" : "no prompt"}, so there is nothing to choose from`;
    add("empty-sweep", "sweep", message, `Give two values or more to one of ${AXES.join(", ")}.`, words);
  }
  if (size > MOST_PROMPTS) {
    const message = `sweep makes ${size} prompts; ${MOST_PROMPTS} is the most`;
    add(
      "large-sweep",
      "sweep",
      message,
      "Take values out of an axis: a few different ones tell more than many.",
      words,
    );
  }
  for (const axis of ["instructions", "contexts"] as const) {
    for (const [name, text] of Object.entries(sweep[axis] ?? {})) {
      if (typeof text !== "string") continue;
      const parsed = parseTemplate(text);
      if (parsed.ok) continue;
      const { message, fix, line, column } = parsed.mistake;
      const full = `sweep.${axis}, "${name}": ${message} (line ${line} of the text, column ${column})`;
      add("bad-template", `sweep.${axis}.${name}`, full, fix, [...words, { key: axis }]);
    }
  }
}

function checkFrom({ from }: Sweep, targets: NonNullable<GivenSuite["targets"]>, add: Add): void {
  if (typeof from !== "string") return;
  const words = [{ key: "sweep" }, { key: "from" }];
  const prompts = targets.filter((target) => isObject(target) && target.role === "prompt-only");
  const names = prompts.map(({ name }) => name);
  const base = prompts.find(({ name }) => name === from);
  if (base === undefined) {
    const message = `sweep.from names "${from}", which no prompt-only target has.${didYouMean(from, names)}`;
    add("unknown-target", "sweep.from", message, `Prompt-only targets are: ${names.join(", ")}.`, words);
    return;
  }
  if (base.arm === "oracle-context") {
    const message = `sweep.from names "${from}", which is given the right passages and competes with nobody`;
    add("bad-value", "sweep.from", message, "Name a prompt that a product could use.", words);
  }
  if (typeof base.prompt === "function") {
    const message = `sweep.from names "${from}", whose prompt is a function: its parts cannot be exchanged`;
    add("bad-value", "sweep.from", message, "Name a target whose prompt is a template.", words);
  }
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
