/**
 * Chinese legal tasks with published outputs, replayed: each base model with its prompts, and the legal tune of that base. The test beside
 * this file writes the cases and recordings into the folder that LAWBENCH_FOLDER names.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { between, choice, defineSuite, fineTuned, jsonl, onlyOption, promptOnly, recorded } from "gapcheck";

const folder = process.env.LAWBENCH_FOLDER ?? ".";

interface Task {
  readonly options: readonly string[];
  readonly wrapper: string;
}

const tasks: Readonly<Record<string, Task>> = JSON.parse(readFileSync(join(folder, "tasks.json"), "utf8"));

function suitesOf(task: string, { options, wrapper }: Task) {
  const answers = (run: string) =>
    recorded(join(folder, `${task}.recording.jsonl`), { target: run, id: run.split("/")[0] ?? run });
  const asked = (run: string) => promptOnly(run, { model: answers(run), prompt: { user: "{{input}}" } });
  const tune = (run: string, base: string) =>
    fineTuned(run, { model: answers(run), prompt: { user: "{{input}}" }, tunedFrom: answers(base) });
  const shared = {
    scenario: "knowledge" as const,
    cases: jsonl<string, string>(join(folder, `${task}.cases.jsonl`)),
    graders: [
      choice({
        options,
        boundaries: "none",
        extract: {
          strict: between(wrapper, "<eoa>", { whole: true }),
          lenient: onlyOption(options, { boundaries: "none" }),
        },
      }),
    ],
    requirement: { quality: { atLeast: 0.6 }, enough: 0.6 },
  };
  return [
    defineSuite({
      ...shared,
      name: `${task} ziya`,
      targets: [
        asked("ziya-llama-13b/zero_shot"),
        asked("ziya-llama-13b/one_shot"),
        tune("chatlaw-13b/zero_shot", "ziya-llama-13b/zero_shot"),
      ],
    }),
    defineSuite({
      ...shared,
      name: `${task} baichuan`,
      targets: [asked("baichuan-7b/zero_shot"), tune("wisdom-interrogatory-7b/zero_shot", "baichuan-7b/zero_shot")],
    }),
    defineSuite({ ...shared, name: `${task} GPT-4`, targets: [asked("GPT4/zero_shot"), asked("GPT4/one_shot")] }),
  ];
}

export default Object.entries(tasks).flatMap(([name, task]) => suitesOf(name, task));
