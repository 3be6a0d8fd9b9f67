/** A space of prompts to try: every instruction with every context, set of shots and set of parameters. `gapcheck sweep` races them on dev cases. */
import type { Rung } from "./ladder.ts";
import type { Parameters } from "./model.ts";
import type { PromptTemplate, Shots, TextFile } from "./prompt.ts";
import type { Suite } from "./suite.ts";
import type { Target } from "./target.ts";
import { parseTemplate } from "./template.ts";
import { rootOf } from "./variables.ts";

/**
 * Each axis names its values; what an axis does not say is that of `from`. Templates are as in a prompt, and may use the same fields and variables.
 */
export interface Sweep {
  /** Prompt-only target that the others are held against: its model answers, and it is never dropped. Its prompt must be a template. */
  readonly from: string;
  /** Templates of the system message, or `file(path)`. */
  readonly instructions?: Readonly<Record<string, string | TextFile>>;
  /** Templates of the user message: the question with whatever is put beside it. */
  readonly contexts?: Readonly<Record<string, string | TextFile>>;
  /** Worked examples, or `"none"`. */
  readonly shots?: Readonly<Record<string, Shots | "none">>;
  /** Decoding parameters; they overrule those of `from` one by one. */
  readonly parameters?: Readonly<Record<string, Parameters>>;
  /**
   * Rungs of the ladder that this space tries, beside those that it shows itself: `instruction` with two instructions or more, and `few-shot`
   * with a set of shots.
   */
  readonly tries?: readonly Rung[];
}

/** Most prompts of one space. */
export const MOST_PROMPTS = 256;

/** Rungs of the ladder that the space tries. */
export function sweepRungs({ instructions, shots, tries = [] }: Sweep): readonly Rung[] {
  const shown: Rung[] = [];
  if (Object.keys(instructions ?? {}).length > 1) shown.push("instruction");
  if (Object.values(shots ?? {}).some((one) => one !== "none")) shown.push("few-shot");
  return [...new Set([...shown, ...tries])];
}

/**
 * The prompts of a suite's space as targets, named for their values (`steps · five`), with the last axis changing fastest; none without a space.
 * `defineSuite` has seen to it that `from` is a prompt-only target with a template.
 */
export function sweepTargets({ sweep, targets }: Pick<Suite, "sweep" | "targets">): readonly Target[] {
  const base = targets.find(({ name }) => name === sweep?.from);
  if (sweep === undefined || base === undefined || typeof base.prompt === "function") return [];
  const prompt = base.prompt;
  const fields = shownFields([prompt.user, ...Object.values(sweep.contexts ?? {})]);
  const taken = new Set(targets.map(({ name }) => folded(name)));
  return valuesOf(sweep.instructions).flatMap((instruction) =>
    valuesOf(sweep.contexts).flatMap((context) =>
      valuesOf(sweep.shots).flatMap((shots) =>
        valuesOf(sweep.parameters).map((parameters): Target => {
          const names = [instruction, context, shots, parameters].flatMap((value) =>
            value === undefined ? [] : [value.name],
          );
          return {
            name: freeName(names.join(" · "), taken),
            role: "prompt-only",
            model: base.model,
            prompt: promptWith(prompt, { instruction, context, shots }, fields),
            parameters: { ...base.parameters, ...parameters?.value },
          };
        }),
      ),
    ),
  );
}

/** The name itself where nothing has it yet: values may be named so that two prompts read the same, or one reads as a declared target. */
function freeName(name: string, taken: Set<string>): string {
  let free = name;
  for (let count = 1; taken.has(folded(free)); count++) free = `${name} (sweep${count === 1 ? "" : ` ${count}`})`;
  taken.add(folded(free));
  return free;
}

/** As names of targets are told apart. */
function folded(name: string): string {
  return name.normalize("NFC").toLowerCase();
}

interface Named<Value> {
  readonly name: string;
  readonly value: Value;
}

/** An axis that is not there has one value: that of `from`. */
function valuesOf<Value>(axis: Readonly<Record<string, Value>> | undefined): readonly (Named<Value> | undefined)[] {
  return axis === undefined ? [undefined] : Object.entries(axis).map(([name, value]) => ({ name, value }));
}

function promptWith(
  base: PromptTemplate,
  {
    instruction,
    context,
    shots,
  }: {
    readonly instruction: Named<string | TextFile> | undefined;
    readonly context: Named<string | TextFile> | undefined;
    readonly shots: Named<Shots | "none"> | undefined;
  },
  fields: readonly string[],
): PromptTemplate {
  const { shots: own, ignore = [], ...rest } = base;
  const shown = shots === undefined ? own : shots.value;
  // What one context shows, another leaves out on purpose.
  const here = context === undefined ? [] : shownFields([context.value]);
  const left =
    context === undefined ? ignore : [...new Set([...ignore, ...fields.filter((field) => !here.includes(field))])];
  return {
    ...rest,
    ...(instruction === undefined ? {} : { system: instruction.value }),
    ...(context === undefined ? {} : { user: context.value }),
    ...(shown === undefined || shown === "none" ? {} : { shots: shown }),
    ...(left.length === 0 ? {} : { ignore: left }),
  };
}

function shownFields(templates: readonly (string | TextFile)[]): readonly string[] {
  const names = templates.flatMap((text) => {
    if (typeof text !== "string") return [];
    const parsed = parseTemplate(text);
    return parsed.ok ? parsed.template.names.map(rootOf) : [];
  });
  return [...new Set(names)];
}
