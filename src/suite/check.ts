/** Finds every mistake of a suite that can be seen without its files: first the shape of its data, then what does not go together. */
import { ConfigError } from "../errors.ts";
import { anchor, type Word } from "./anchor.ts";
import { checkLadder } from "./check-ladder.ts";
import { checkShape } from "./check-shape.ts";
import { checkSweep } from "./check-sweep.ts";
import { didYouMean } from "./closest.ts";
import type { Grader } from "./grade.ts";
import { type GraderFunction, hidesItsSource } from "./grader-function.ts";
import type { QualityRequirement } from "./requirement.ts";
import type { Suite } from "./suite.ts";
import type { Target } from "./target.ts";
import { parseTemplate } from "./template.ts";

/** A suite as given, before defaults: the types say what should be there, the checks find out. */
export interface GivenSuite extends Partial<Omit<Suite, "graders">> {
  readonly graders?: readonly (Grader | GraderFunction<never, never>)[];
}

/**
 * All mistakes of a suite; none when it is sound.
 *
 * @param graders the suite's graders, functions wrapped.
 */
export function checkSuite(given: GivenSuite, graders: readonly Grader[]): readonly ConfigError[] {
  const targets = listOf(given.targets);
  const found: ConfigError[] = [...checkShape(dataOf(given, graders))];
  const add: Add = (code, path, message, fix, words = []) => {
    const start: Word[] = typeof given.name === "string" ? [{ quoted: given.name }] : [];
    found.push(anchor(new ConfigError(code, message, { place: { path }, fix }), [...start, ...words]));
  };
  checkNames("targets", targets, add);
  checkNames("graders", graders, add);
  checkCases(given.cases, "cases", add);
  for (const [index, target] of targets.entries()) checkTarget(target, `targets[${index}]`, add);
  const competes = (target: Target) => target?.role === "prompt-only" && target.arm !== "oracle-context";
  if (targets.length > 0 && !targets.some(competes)) {
    const message = "no target is prompt-only, so there is nothing to hold the tuned model against";
    add("no-prompt-only", "targets", message, "Add promptOnly(…) with the best prompt you have.", [{ key: "targets" }]);
  }
  for (const [index, grader] of graders.entries())
    checkGrader(grader, listOf(given.graders)[index], `graders[${index}]`, add);
  if (graders.length > 0 && graders.every((grader) => grader?.required === false)) {
    const message = "no grader is required, so every answer would pass";
    add("nothing-required", "graders", message, "Leave required: false away from one of them.", [{ key: "graders" }]);
  }
  checkRequirement(given, graders, add);
  checkLadder(given, add);
  checkSweep(given, add);
  for (const [name, shots] of Object.entries(given.sweep?.shots ?? {})) {
    if (isObject(shots) && "from" in shots) checkCases(shots.from, `sweep.shots.${name}.from`, add);
  }
  if (isObject(given.training)) checkCases(given.training.data, "training.data", add);
  return found;
}

type Add = (code: string, path: string, message: string, fix: string, words?: readonly Word[]) => void;

/** What the schema can judge: a copy without models, functions and cases. */
function dataOf(given: GivenSuite, graders: readonly Grader[]): unknown {
  return {
    ...given,
    cases: given.cases === undefined ? undefined : true,
    ...(isObject(given.training) ? { training: { ...given.training, data: true } } : {}),
    ...(Array.isArray(given.graders) ? { graders: graders.map(dataOfGrader) } : {}),
    ...(Array.isArray(given.targets) ? { targets: given.targets.map(dataOfTarget) } : {}),
  };
}

/** A function without a name is told apart from a grader without one, in words that help. */
function dataOfGrader(grader: Grader): unknown {
  return isObject(grader) && grader.kind === "custom" && grader.name === "" ? { ...grader, name: "anonymous" } : grader;
}

function dataOfTarget(target: Target): unknown {
  if (!isObject(target)) return target;
  const { model: _, prompt, tuning, ...data } = target;
  const isData = prompt !== undefined && typeof prompt !== "function";
  return {
    ...data,
    ...(isData ? { prompt } : {}),
    ...(isObject(tuning) ? { tuning: { ...tuning, tunedFrom: true } } : tuning === undefined ? {} : { tuning }),
  };
}

function checkNames(kind: "targets" | "graders", things: readonly { readonly name: string }[], add: Add): void {
  const seen = new Map<string, { readonly name: string; readonly index: number }>();
  for (const [index, thing] of things.entries()) {
    const name = isObject(thing) ? thing.name : undefined;
    if (typeof name !== "string" || name === "") continue;
    const folded = name.normalize("NFC").toLowerCase();
    const earlier = seen.get(folded);
    if (earlier === undefined) {
      seen.set(folded, { name, index });
      continue;
    }
    const like = earlier.name === name ? "" : ` (as "${earlier.name}": upper and lower case do not tell names apart)`;
    const message = `the name "${name}" is taken by ${kind}[${earlier.index}]${like}`;
    const words = [{ quoted: earlier.name }, { quoted: name }];
    add("duplicate-name", `${kind}[${index}].name`, message, "Give each a name of its own.", words);
  }
}

function checkCases(cases: unknown, path: string, add: Add): void {
  if (cases === undefined) return;
  const words = [{ key: path.slice(path.lastIndexOf(".") + 1) }];
  if (Array.isArray(cases)) {
    if (cases.length === 0) add("no-cases", path, `${path} is empty`, "Add cases, or name a file: jsonl(path).", words);
    return;
  }
  const { kind, path: file } = isObject(cases) ? (cases as { kind?: unknown; path?: unknown }) : {};
  if ((kind === "jsonl" || kind === "csv") && typeof file === "string" && file.trim() !== "") return;
  add(
    "bad-value",
    path,
    `${path} is neither a file nor a list`,
    "Use jsonl(path), csv(path) or a list of cases.",
    words,
  );
}

function checkTarget(target: Target, path: string, add: Add): void {
  if (!isObject(target)) return;
  const words = typeof target.name === "string" ? [{ quoted: target.name }] : [];
  checkModel(target.model, `${path}.model`, add, [...words, { key: "model" }]);
  const { prompt, tuning } = target;
  if (prompt === undefined) add("missing-key", `${path}.prompt`, `${path}.prompt is missing`, "Add it.", words);
  if (typeof prompt !== "function" && isObject(prompt)) {
    const texts = [
      ["system", prompt.system],
      ["user", prompt.user],
      ["shots.user", prompt.shots?.user],
      ["shots.assistant", prompt.shots?.assistant],
    ] as const;
    for (const [key, text] of texts) {
      if (typeof text !== "string") continue;
      const parsed = parseTemplate(text);
      if (parsed.ok) continue;
      const { message, fix, line, column } = parsed.mistake;
      const full = `target "${target.name}", prompt.${key}: ${message} (line ${line} of the text, column ${column})`;
      add("bad-template", `${path}.prompt.${key}`, full, fix, [...words, { key: key.replace("shots.", "") }]);
    }
    if (isObject(prompt.shots)) checkCases(prompt.shots.from, `${path}.prompt.shots.from`, add);
  }
  if (target.role === "prompt-only" && tuning !== undefined) {
    add("bad-value", `${path}.tuning`, `${path} is prompt-only and tuned`, "Declare it with fineTuned(…).", words);
  }
  if (target.role !== "fine-tuned") return;
  if (target.arm !== undefined) {
    add("bad-value", `${path}.arm`, `${path} is tuned and an arm of prompting`, "Take arm out.", words);
  }
  if (!isObject(tuning)) {
    add(
      "missing-key",
      `${path}.tuning`,
      `${path} does not say how it was tuned`,
      "Declare it with fineTuned(…).",
      words,
    );
    return;
  }
  checkModel(tuning.tunedFrom, `${path}.tunedFrom`, add, [...words, { key: "tunedFrom" }]);
  const { retiresOn } = tuning;
  if (typeof retiresOn === "string" && /^\d{4}-\d{2}-\d{2}$/.test(retiresOn) && !isDay(retiresOn)) {
    const message = `${path}.retiresOn is ${retiresOn}, a day that does not exist`;
    add("bad-value", `${path}.retiresOn`, message, "Write a day as 2027-06-30.", [...words, { key: "retiresOn" }]);
  }
}

function checkModel(model: unknown, path: string, add: Add, words: readonly Word[]): void {
  if (isObject(model) && "complete" in model && typeof model.complete === "function") return;
  const message = model === undefined ? `${path} is missing` : `${path} is not a model`;
  add("bad-model", path, message, "Use openai(…), anthropic(…), recorded(…) or fake(…).", words);
}

function checkGrader(grader: Grader, written: unknown, path: string, add: Add): void {
  if (!isObject(grader)) return;
  const words = typeof grader.name === "string" ? [{ quoted: grader.name }] : [];
  if (typeof grader.grade !== "function") {
    add("bad-grader", path, `${path} is not a grader`, "Use one of gapcheck's graders, or a function.", words);
  }
  if (typeof written === "function" && grader.name === "") {
    const message = `${path} is a function without a name`;
    add("bad-name", path, message, "Name it, for reports: function isPolite({ text }) { … }.", [{ key: "graders" }]);
  }
  if (typeof written === "function" && hidesItsSource(written as GraderFunction<never, never>)) {
    const message = `${path} is a bound or built-in function, whose source cannot be read`;
    add("bad-grader", path, message, "Wrap it in a function of your own: (subject) => …", words);
  }
}

function checkRequirement(given: GivenSuite, graders: readonly Grader[], add: Add): void {
  const { requirement, trials = 1 } = given;
  if (!isObject(requirement)) return;
  const { quality, stability, cost } = requirement;
  if (isObject(cost) && cost.usdPer1kAtMost === undefined && cost.usdPerSuccessAtMost === undefined) {
    const fix = "Add usdPer1kAtMost (for 1,000 requests), usdPerSuccessAtMost (for a right answer), or both.";
    const words = [{ key: "requirement" }, { key: "cost" }];
    add("missing-key", "requirement.cost", "requirement.cost states no limit", fix, words);
  }
  const many = Array.isArray(quality);
  const all: readonly QualityRequirement[] = quality === undefined ? [] : [quality].flat();
  const names = graders.flatMap((grader) => (isObject(grader) ? [grader.name] : []));
  for (const [index, one] of all.entries()) {
    if (!isObject(one)) continue;
    const { grader, measure } = one;
    const path = `requirement.quality${many ? `[${index}]` : ""}`;
    const words = [{ key: "requirement" }, { key: "quality" }];
    if (grader !== undefined && !names.includes(grader)) {
      const message = `${path}.grader names "${grader}", which no grader has.${didYouMean(grader, names)}`;
      add("unknown-grader", `${path}.grader`, message, `Graders are: ${names.join(", ")}.`, [
        ...words,
        { quoted: grader },
      ]);
    }
    if (measure === "score" && grader === undefined) {
      const message = `${path} measures a score, but not whose`;
      add("missing-key", `${path}.grader`, message, `Name the grader: ${names.join(", ")}.`, [
        ...words,
        { key: "measure" },
      ]);
    }
  }
  const looks: readonly number[] = isObject(given.gate) && Array.isArray(given.gate.trials) ? given.gate.trials : [];
  const falls = looks.some((look, at) => at > 0 && look <= (looks[at - 1] ?? 0));
  const fewest = isObject(stability) ? stability.allOf : 1;
  if (falls || (looks[0] ?? fewest) < fewest) {
    const message = falls
      ? `gate.trials is ${looks.join(", ")}, which does not rise`
      : `gate.trials begins with ${looks[0]}, and requirement.stability asks for all of ${fewest}`;
    const fix = `Write rising numbers from ${fewest} on, such as [${[fewest, fewest + 2, fewest + 4].join(", ")}].`;
    add("bad-value", "gate.trials", message, fix, [{ key: "gate" }, { key: "trials" }]);
  }
  if (isObject(stability) && stability.allOf > trials) {
    const message = `requirement.stability.allOf is ${stability.allOf}, but each case is tried ${trials === 1 ? "once" : `${trials} times`}`;
    const fix = `Set trials to ${stability.allOf} or more, or lower allOf.`;
    add("too-few-trials", "requirement.stability.allOf", message, fix, [
      { key: "requirement" },
      { key: "stability" },
      { key: "allOf" },
    ]);
  }
}

/** Whether the calendar has the day: 2027-02-30 parses, and comes back as another. */
function isDay(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}

function listOf<Item>(value: readonly Item[] | undefined): readonly Item[] {
  return Array.isArray(value) ? value : [];
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
