/** What a workflow that gates merges must keep to, beyond what GitHub itself demands: each rule stands for an accident that happened to somebody. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ACTIONS } from "../../src/scaffold/workflow.ts";
import { repository } from "../repository.ts";
import type { Yaml } from "./readers.ts";

type Table = { readonly [key: string]: Yaml };

const isTable = (value: Yaml | undefined): value is Table =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const tableOf = (value: Yaml | undefined): Table => (isTable(value) ? value : {});
const listOf = (value: Yaml | undefined): readonly Yaml[] => (Array.isArray(value) ? value : []);
const textOf = (value: Yaml | undefined): string => (typeof value === "string" ? value : "");

interface Step {
  readonly job: string;
  readonly step: Table;
}

function stepsOf(workflow: Table): readonly Step[] {
  return Object.entries(tableOf(workflow.jobs)).flatMap(([job, body]) =>
    listOf(tableOf(body).steps).map((step) => ({ job, step: tableOf(step) })),
  );
}

function calling(workflow: Table): readonly Step[] {
  return stepsOf(workflow).filter(({ step }) => /\bnode\b.*\brun\b/.test(textOf(step.run)));
}

const always = (value: Yaml | undefined) => /^\$\{\{\s*always\(\)\s*\}\}$/.test(textOf(value));

/** The oldest major version of Node that gapcheck runs on. */
const NODE = Number(/\d+/.exec(JSON.parse(readFileSync(join(repository, "package.json"), "utf8")).engines.node)?.[0]);

/** Of `uses: actions/cache/save@COMMIT # v5.0.5`: a repository may hold several actions, of one commit and version. */
function pinsOf(text: string): readonly { readonly line: string; readonly owner: string; readonly pin: string }[] {
  return [...text.matchAll(/uses:\s*(([^/\s]+\/[^/@\s]+)[^@\s]*@(.*\S))/g)].map(
    ([, line = "", owner = "", pin = ""]) => ({ line, owner, pin }),
  );
}

type Rule = (workflow: Table, text: string) => readonly string[];

const RULES: readonly Rule[] = [
  (_, text) =>
    [...text.matchAll(/uses:\s*(\S+)/g)]
      .filter(([, action]) => !/@[0-9a-f]{40}$/.test(action ?? ""))
      .map(([, action]) => `${action} is not pinned to a commit: tags move`),
  (_, text) => {
    const pins = [
      ...pinsOf(
        Object.values(ACTIONS)
          .map((one) => `uses: ${one}\n`)
          .join(""),
      ),
      ...pinsOf(text),
    ];
    const commit = (pin: string) => pin.slice(0, 40);
    return pinsOf(text).flatMap(({ line, owner, pin }) => [
      ...(/^[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(pin) ? [] : [`${line} does not say which version its commit is`]),
      ...(pins.some((one) => one.owner !== owner && commit(one.pin) === commit(pin))
        ? [`${line} is pinned to a commit of another repository`]
        : []),
      ...(pins.some((one) => one.owner === owner && one.pin !== pin) ? [`${owner} is pinned to two commits`] : []),
    ]);
  },
  ({ jobs, ...workflow }) => {
    const { run, gate } = tableOf(jobs);
    return [
      ...("if" in tableOf(run) ? ["the job run may be skipped: what is not measured must not pass"] : []),
      ...(calling({ jobs: jobs ?? {}, ...workflow }).some(({ step }) => "if" in step)
        ? ["the step that evaluates may be skipped: what is not measured must not pass"]
        : []),
      ...(stepsOf({ jobs: { gate: gate ?? {} } }).some(({ step }) => "if" in step)
        ? ["a step of gate may be skipped"]
        : []),
    ];
  },
  (workflow) => {
    const steps = stepsOf(workflow).filter(({ job }) => calling(workflow).some((one) => one.job === job));
    const before = steps.slice(
      0,
      steps.findIndex(({ step }) => calling({ jobs: { one: { steps: [step] } } }).length > 0),
    );
    const of = (action: string) => before.filter(({ step }) => textOf(step.uses).startsWith(`actions/${action}@`));
    const [node] = of("setup-node");
    const depth = of("checkout").map(({ step }) => tableOf(step.with)["fetch-depth"])[0];
    const version = Number(tableOf(node?.step.with)["node-version"]);
    return [
      ...(typeof depth === "number" && (depth === 0 || depth >= 2)
        ? []
        : ["the commit before is not fetched: a pull request that changes its own baseline is not told of"]),
      ...(version >= NODE ? [] : [`the run is not given Node ${NODE} or newer`]),
    ];
  },
  ({ permissions }) =>
    isTable(permissions) && Object.keys(permissions).length === 0
      ? []
      : ["permissions at the top must be {}: each job asks for what it needs"],
  ({ jobs }) =>
    Object.entries(tableOf(jobs)).flatMap(([job, body]) => {
      const { permissions, environment, "timeout-minutes": timeout } = tableOf(body);
      const rights = Object.entries(tableOf(permissions));
      return [
        ...(isTable(permissions) ? [] : [`job ${job} does not state its permissions`]),
        // An identity token writes nothing; who trusts it is to bind it to an environment.
        ...rights
          .filter(([name, right]) => right === "write" && (name !== "id-token" || environment === undefined))
          .map(([name]) => `job ${job} may write ${name}`),
        ...(typeof timeout === "number" && timeout <= 60 ? [] : [`job ${job} has no timeout of an hour or less`]),
      ];
    }),
  ({ on }) => {
    const events = tableOf(on);
    return [
      ...["pull_request", "merge_group", "push"]
        .filter((event) => !(event in events))
        .map((event) => `it does not run on ${event}`),
      ...("pull_request_target" in events ? ["pull_request_target runs a stranger's code with our secrets"] : []),
      ...["pull_request", "merge_group"].flatMap((event) =>
        ["paths", "paths-ignore"]
          .filter((key) => key in tableOf(events[event]))
          .map((key) => `${event} has a ${key} filter: a required check would wait for ever`),
      ),
    ];
  },
  ({ concurrency }) => {
    const cancel = textOf(tableOf(concurrency)["cancel-in-progress"]);
    return /github\.event_name == 'pull_request'/.test(cancel) ? [] : ["runs of the queue or of main may be cut off"];
  },
  ({ jobs }) => {
    const gate = tableOf(tableOf(jobs).gate);
    const needs = listOf(gate.needs);
    const scripts = stepsOf({ jobs: { gate } }).map(({ step }) => textOf(step.run).trim().split("\n"));
    return [
      ...(always(gate.if) ? [] : ["the job gate does not report when the run fails"]),
      ...(needs.includes("run") ? [] : ["the job gate does not wait for the run"]),
      // Word for word: what else it let pass, such as a run that was skipped, would be a way round.
      ...(scripts.length === 1 &&
      scripts.flat().join("\n") === 'echo "run: $RUN"\n[ "$RUN" = success ]' &&
      stepsOf({ jobs: { gate } }).every(({ step }) => tableOf(step.env).RUN === "${{ needs.run.result }}")
        ? []
        : ["the job gate passes although the run did not succeed"]),
    ];
  },
  (workflow) =>
    stepsOf(workflow).flatMap(({ job, step }) => [
      ...(/\$\{\{/.test(textOf(step.run)) ? [`a script of job ${job} has an expression in it: pass it by env`] : []),
      ...("continue-on-error" in step ? [`a step of job ${job} hides its failure`] : []),
      ...(/\bnpm (ci|install)\b(?!.*--ignore-scripts)/.test(textOf(step.run))
        ? [`job ${job} runs install scripts`]
        : []),
      ...(/\bnpm install\b/.test(textOf(step.run)) ? [`job ${job} does not install by the lock`] : []),
    ]),
  (workflow, text) => {
    const secret = /\$\{\{\s*secrets\./;
    const holders = stepsOf(workflow).filter(({ step }) => secret.test(JSON.stringify(step)));
    const inSteps = holders.reduce((sum, { step }) => sum + (JSON.stringify(step).match(/secrets\./g)?.length ?? 0), 0);
    return [
      ...(holders.every(({ step }) => calling({ jobs: { one: { steps: [step] } } }).length === 1)
        ? []
        : ["a step that does not evaluate has a key"]),
      ...((text.match(/\$\{\{\s*secrets\./g)?.length ?? 0) === inSteps ? [] : ["a key is given to more than one step"]),
    ];
  },
  (workflow) => {
    const runs = calling(workflow);
    return [
      ...(runs.length === 1 ? [] : [`${runs.length} steps evaluate; one must`]),
      ...(runs.every(({ step }) => /^\s*exec node /.test(textOf(step.run)))
        ? []
        : ["the command is not run by exec: a cancel would not reach it"]),
      ...(runs.every(({ step }) => /--event "\$EVENT"/.test(textOf(step.run)) && "EVENT" in tableOf(step.env))
        ? []
        : ["the command is not told the event"]),
    ];
  },
  (workflow) =>
    calling(workflow).flatMap(({ job, step }) => {
      const command = textOf(step.run);
      const [, minutes] = /--deadline (\d+)m\b/.exec(command) ?? [];
      const timeout = tableOf(tableOf(workflow.jobs)[job])["timeout-minutes"];
      return [
        ...(/--max-usd \d/.test(command) ? [] : ["nothing caps what a run may cost"]),
        ...(minutes !== undefined && typeof timeout === "number" && Number(minutes) <= timeout - 5
          ? []
          : ["the job is ended before the command ends itself: give a deadline five minutes below the timeout"]),
      ];
    }),
  (workflow) => {
    const uses = stepsOf(workflow).map(({ step }) => step);
    const of = (action: string) => uses.filter((step) => textOf(step.uses).startsWith(`actions/${action}@`));
    const index = (step: Table | undefined) => (step === undefined ? -1 : uses.indexOf(step));
    const evaluate = index(calling(workflow)[0]?.step);
    const [restore] = of("cache/restore");
    const [save] = of("cache/save");
    const [upload] = of("upload-artifact");
    return [
      ...(of("cache").length > 0
        ? ["one action restores and saves the cache: it saves nothing when the run fails"]
        : []),
      ...(restore !== undefined && index(restore) < evaluate ? [] : ["paid answers are not restored before the run"]),
      ...(save !== undefined && always(save.if) && index(save) > evaluate
        ? []
        : ["paid answers are not saved whatever happens"]),
      ...(upload !== undefined && always(upload.if) ? [] : ["the report is not kept whatever happens"]),
      ...(restore !== undefined &&
      save !== undefined &&
      tableOf(restore.with).key === tableOf(save.with).key &&
      /run_attempt/.test(textOf(tableOf(save.with).key))
        ? []
        : ["the cache is saved under a key that is taken"]),
      ...(of("checkout").every((step) => tableOf(step.with)["persist-credentials"] === false)
        ? []
        : ["the token is left in the checkout"]),
    ];
  },
];

/** What the workflow breaks, in words; empty when it keeps to all. */
export function breaches(workflow: Yaml, text: string): readonly string[] {
  return RULES.flatMap((rule) => rule(tableOf(workflow), text));
}
