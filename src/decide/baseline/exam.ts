/** In what the exam differs from the one that the baseline took, and whether the two may be compared at all. */
import { counted, listed } from "../in-words.ts";
import type { BaselineRole, BaselineSuite, ExamChange } from "./contract.ts";
import { type Head, type HeadCase, ROLES } from "./head.ts";
import { lostMarks } from "./must-pass-marks.ts";

/** A case on both sides with the same content. */
export interface SharedCase {
  readonly head: HeadCase;
  readonly base: BaselineSuite["cases"][number];
}

/** What of a head makes its exam. */
export type ExamHead = Pick<Head, "identity" | "prompt" | "tuned" | "cases">;

export interface Exam {
  readonly changes: readonly ExamChange[];
  readonly shared: readonly SharedCase[];
  /** Why nothing may be compared; empty where it may. */
  readonly refusals: readonly string[];
}

export function examOf(head: ExamHead, base: BaselineSuite, acrossModels: boolean): Exam {
  const cases = casesOf(head, base);
  const graders = gradersOf(head, base);
  const models = ROLES.flatMap((role) => modelChanges(head, base, role));
  const told = (kind: ExamChange["kind"], texts: readonly string[]) =>
    texts.map((text): ExamChange => ({ kind, text }));
  return {
    changes: [
      ...told("cases", [...marksOf(head, base), ...cases.changes]),
      ...told("graders", graders),
      ...told("thresholds", thresholdsOf(head.identity.thresholds, base.thresholds)),
      ...told("targets", [...models, ...rolesOf(head, base)]),
    ],
    shared: cases.shared,
    refusals: [
      ...graders,
      ...(acrossModels ? [] : models),
      ...(cases.shared.length > 0 ? [] : [nothingShared(head, cases.renamed)]),
    ],
  };
}

/** Cases that had to pass and are no longer marked, or no longer there: said before all else. */
function marksOf(head: ExamHead, base: BaselineSuite): string[] {
  const { lost, gone } = lostMarks(head.cases, base);
  const ids = (of: readonly { readonly id: string }[]) => named(of.map(({ id }) => id));
  const has = ({ length }: readonly unknown[]) => (length === 1 ? "has" : "have");
  const is = ({ length }: readonly unknown[]) => (length === 1 ? "is" : "are");
  return [
    ...(lost.length === 0
      ? []
      : [`${counted(lost.length, "case")} that had to pass ${has(lost)} lost the mark (${ids(lost)}), and still must`]),
    ...(gone.length === 0 ? [] : [`${counted(gone.length, "case")} that had to pass ${is(gone)} gone (${ids(gone)})`]),
  ];
}

function nothingShared(head: ExamHead, renamed: number): string {
  if (renamed === 0) return "no case has the content that it has in the baseline";
  return `the ids of the cases changed: ${renamed} of ${counted(head.cases.length, "case")} ${renamed === 1 ? "has" : "have"} a content that the baseline holds under another id`;
}

interface Cases {
  readonly changes: string[];
  readonly shared: SharedCase[];
  /** New ids whose content stands in the baseline under an id that is gone. */
  readonly renamed: number;
}

function casesOf(head: ExamHead, base: BaselineSuite): Cases {
  const before = new Map(base.cases.map((one) => [one.id, one]));
  const shared: SharedCase[] = [];
  const changed: string[] = [];
  const fresh: HeadCase[] = [];
  for (const one of head.cases) {
    const old = before.get(one.id);
    if (old === undefined) fresh.push(one);
    else if (old.fingerprint !== one.fingerprint) changed.push(one.id);
    else shared.push({ head: one, base: old });
    before.delete(one.id);
  }
  const gone = [...before.keys()];
  const contents = new Set([...before.values()].map(({ fingerprint }) => fingerprint));
  const renamed = fresh.filter(({ fingerprint }) => contents.has(fingerprint)).length;
  const say = (ids: readonly string[], what: string) =>
    ids.length === 0
      ? []
      : [`${counted(ids.length, "test case")} ${ids.length === 1 ? "is" : "are"} ${what} (${named(ids)})`];
  const changes = [...say(changed, "changed"), ...say(idsOf(fresh), "new"), ...say(gone, "gone")];
  if (renamed > 0) {
    changes.push(
      `${renamed} of the new ${renamed === 1 ? "has a content that is" : "have contents that are"} in the baseline under another id`,
    );
  }
  // Weights, clusters and dev cases are in the dataset's fingerprint too.
  if (changes.length === 0 && head.identity.dataset !== base.dataset) {
    changes.push("the dataset differs in weights, clusters, tags, splits or dev cases");
  }
  if (changes.length > 0)
    changes.push("the baseline is older than the dataset: write it anew with gapcheck baseline --update");
  return { changes, shared, renamed };
}

const idsOf = (of: readonly HeadCase[]) => of.map(({ id }) => id);

function named(ids: readonly string[]): string {
  const first = [...ids].sort().slice(0, 3);
  return `${listed(first.map((id) => `"${id}"`))}${ids.length > first.length ? " and others" : ""}`;
}

function gradersOf(head: ExamHead, base: BaselineSuite): string[] {
  const key = (one: BaselineSuite["graders"][number]) => JSON.stringify([one.kind, one.version, one.argsHash]);
  const before = new Map(base.graders.map((one) => [one.name, key(one)]));
  const now = new Map(head.identity.graders.map((one) => [one.name, key(one)]));
  const changes = [...now].flatMap(([name, own]) => {
    const old = before.get(name);
    if (old === own) return [];
    return [old === undefined ? `the grader "${name}" is new` : `the grader "${name}" grades otherwise than before`];
  });
  return [
    ...changes,
    ...[...before.keys()].filter((name) => !now.has(name)).map((name) => `the grader "${name}" is gone`),
  ];
}

function thresholdsOf(now: Readonly<Record<string, string>>, before: Readonly<Record<string, string>>): string[] {
  const keys = [...new Set([...Object.keys(before), ...Object.keys(now)])].sort();
  return keys.flatMap((key) => {
    if (now[key] === before[key]) return [];
    return [`${key} was ${before[key] ?? "not set"} and is ${now[key] ?? "not set"}`];
  });
}

function modelChanges(head: ExamHead, base: BaselineSuite, role: BaselineRole): string[] {
  const now = head[role];
  const old = base[role];
  if (now === undefined || old === undefined) return [];
  const who = role === "prompt" ? "the best prompt" : "the tuned target";
  const ids = (of: typeof now) => (of.returned.length === 0 ? [of.model] : of.returned);
  if (now.modelHash !== old.modelHash) {
    const same =
      now.model === old.model
        ? `another "${now.model}" (files, host or kind)`
        : `"${now.model}", and was "${old.model}"`;
    return [`the model of ${who} is ${same}`];
  }
  // A provider may serve another model under the same name.
  if (now.returned.length > 0 && ids(now).join("\n") !== ids(old).join("\n")) {
    return [
      `the model of ${who} came back as ${listed(ids(now).map((id) => `"${id}"`))}, and before as ${listed(ids(old).map((id) => `"${id}"`))}`,
    ];
  }
  return now.parametersHash === old.parametersHash ? [] : [`the parameters of ${who} are others`];
}

function rolesOf(head: ExamHead, base: BaselineSuite): string[] {
  const words = { prompt: "a prompt-only target", tuned: "a tuned target" } as const;
  return ROLES.flatMap((role) => {
    if (head[role] === undefined && base[role] !== undefined) return [`there is no longer ${words[role]}`];
    if (head[role] !== undefined && base[role] === undefined) return [`there is ${words[role]} now, and was none`];
    return [];
  });
}
