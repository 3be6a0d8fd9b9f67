/** What the compiler must refuse in a suite, and what it must let through: `tsc` is the judge of every `@ts-expect-error` here. */
import { describe, expect, it } from "vitest";
import { ConfigErrors } from "../errors.ts";
import type { Case } from "./case.ts";
import { fineTuned, promptOnly } from "./declare-target.ts";
import { defineSuite } from "./define.ts";
import type { Grader, Subject } from "./grade.ts";
import type { Message, Model } from "./model.ts";
import { csv, file, jsonl } from "./references.ts";
import type { FieldsOf, NamesIn } from "./template-types.ts";

interface Input {
  readonly message: string;
  readonly customer: { readonly name: string };
}

interface Expected {
  readonly policy: string;
}

/** True exactly when two types are one. */
type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;

function sameType<_Yes extends true>(): void {}

const model: Model = {
  provider: "fake",
  id: "scripted",
  account: "fake",
  identity: {},
  parameters: {},
  answers: "paid",
  complete: async () => ({ kind: "answer", text: "x", finish: "stop" }),
};
const shared = { name: "s", scenario: "format" } as const;
const graderOf = <E>(): Grader<unknown, E> => ({
  name: "g",
  kind: "k",
  version: 1,
  args: {},
  needsExpected: true,
  hasForms: false,
  required: true,
  passAt: 1,
  asks: [],
  grade: () => ({ strict: { kind: "scored", score: 1 }, lenient: { kind: "scored", score: 1 } }),
});

describe("names of a literal template", () => {
  it("are known to the compiler", () => {
    sameType<Same<NamesIn<"a {{x}} b {{ y }} c {{z.inner}}">, "x" | "y" | "z">>();
    sameType<Same<NamesIn<"nothing { } }} here">, never>>();
    sameType<Same<NamesIn<"text \\{{x}} but \\\\{{y}}">, "y">>();
    sameType<Same<NamesIn<string>, never>>();
    sameType<Same<NamesIn<"{{a}}" | "{{b}}">, "a" | "b">>();
    sameType<Same<FieldsOf<string>, "input">>();
    sameType<Same<FieldsOf<Input>, "message" | "customer">>();
    sameType<Same<FieldsOf<never>, string>>();
    expect(true).toBe(true);
  });
});

describe("the compiler", () => {
  it("accepts templates whose names the input has", () => {
    const suite = defineSuite({
      ...shared,
      cases: jsonl<Input, Expected>("x.jsonl"),
      targets: [
        promptOnly("a", { model, prompt: { system: file("s.md"), user: "{{message}} {{customer.name}}" } }),
        promptOnly("b", {
          model,
          prompt: { user: "{{message}} {{tone}}", variables: { tone: "kind" }, ignore: ["customer"] },
        }),
        fineTuned("c", { model, prompt: { user: "{{message}}", ignore: ["customer"] }, tunedFrom: model }),
        promptOnly("d", { model, prompt: ({ id }) => [{ role: "user", content: id }] }),
        promptOnly("e", {
          model,
          prompt: ({ input }: { input: Input }) => [{ role: "user", content: input.customer.name }],
        }),
      ],
      graders: [
        graderOf<Expected>(),
        function echoes({ case: one }) {
          return one.expected?.policy === one.input.message;
        },
      ],
    });
    expect(suite.targets.map(({ name }) => name)).toEqual(["a", "b", "c", "d", "e"]);
  });

  it("refuses a name that the input has no field for", () => {
    const of = { ...shared, cases: jsonl<Input, Expected>("x.jsonl"), graders: [graderOf<Expected>()] };
    const misspelt = promptOnly("a", { model, prompt: { user: "{{mesage}}", ignore: ["customer"] } });
    // @ts-expect-error: the field is called message
    defineSuite({ ...of, targets: [misspelt] });
    const system = promptOnly("a", { model, prompt: { system: "{{x}}", user: "hi" } });
    // @ts-expect-error: the system template counts too
    defineSuite({ ...of, targets: [system] });
    const ignored = promptOnly("a", { model, prompt: { user: "hi", ignore: ["x"] } });
    // @ts-expect-error: an ignored field must be one
    defineSuite({ ...of, targets: [ignored] });
    const tuned = fineTuned("b", { model, prompt: { user: "{{x}}" }, tunedFrom: model });
    // @ts-expect-error: tuned targets too
    defineSuite({ ...of, targets: [promptOnly("a", { model, prompt: { user: "hi" } }), tuned] });
    // @ts-expect-error: also when all of it is written in place
    defineSuite({ ...of, targets: [promptOnly("a", { model, prompt: { user: "{{mesage}}" } })] });
    expect(misspelt.name).toBe("a");
  });

  it("offers {{input}} alone for a text", () => {
    const of = { ...shared, cases: jsonl<string, string>("x.jsonl"), graders: [graderOf<string>()] };
    const right = promptOnly("a", { model, prompt: { user: "{{input}}" } });
    const wrong = promptOnly("a", { model, prompt: { user: "{{length}}" } });
    expect(defineSuite({ ...of, targets: [right] }).targets).toHaveLength(1);
    // @ts-expect-error: a text has no fields
    defineSuite({ ...of, targets: [wrong] });
  });

  it("checks cases written in the suite as those in files", () => {
    const graders = [graderOf<string>()];
    const targets = [promptOnly("a", { model, prompt: { user: "{{question}}" } })];
    const one = { id: "1", input: { question: "?" }, expected: "!" };
    const list: readonly Case<{ answer: string }, string>[] = [{ id: "1", input: { answer: "?" } }];
    defineSuite({ ...shared, cases: [one, { ...one, id: "2" }], graders, targets });
    // @ts-expect-error: their field is called answer
    defineSuite({ ...shared, cases: list, graders, targets });
    // @ts-expect-error: their field is called q
    defineSuite({ ...shared, cases: [{ id: "1", input: { q: "?" }, expected: "!" }], graders, targets });
    // @ts-expect-error: they expect numbers
    defineSuite({ ...shared, cases: [{ ...one, expected: 3 }], graders, targets });
    expect(list).toHaveLength(1);
  });

  it("refuses graders that do not fit what is expected", () => {
    const targets = [promptOnly("a", { model, prompt: { user: "{{message}}", ignore: ["customer"] } })];
    const of = { ...shared, cases: jsonl<Input, Expected>("x.jsonl"), targets };
    // @ts-expect-error: the grader wants a text, the cases expect an object
    defineSuite({ ...of, graders: [graderOf<string>()] });
    const defined = () => [
      // @ts-expect-error: functions as well
      defineSuite({ ...of, graders: [(subject) => subject.case.expected?.polcy === "x"] }),
      // @ts-expect-error: a grader function returns a boolean, a number or a grade
      defineSuite({ ...of, graders: [() => "yes"] }),
    ];
    expect(defined).toThrow(ConfigErrors);
  });

  it("refuses a prompt function that takes another input", () => {
    const asks = (given: { readonly input: { readonly other: string } }): readonly Message[] => [
      { role: "user", content: given.input.other },
    ];
    const targets = [promptOnly("e", { model, prompt: asks })];
    // @ts-expect-error: the cases have a message
    defineSuite({ ...shared, cases: jsonl<Input, Expected>("x.jsonl"), targets, graders: [graderOf<Expected>()] });
    expect(targets).toHaveLength(1);
  });

  it("refuses options that do not exist", () => {
    // @ts-expect-error: system
    promptOnly("a", { model, prompt: { sytem: "x", user: "y" } });
    // @ts-expect-error: a tuned target says what it was tuned from
    fineTuned("a", { model, prompt: { user: "y" } });
    const targets = [promptOnly("a", { model, prompt: { user: "y" } })];
    const graders = [graderOf<string>()];
    // @ts-expect-error: a scenario of the four
    expect(() => defineSuite({ name: "s", scenario: "speed", cases: jsonl("x"), targets, graders })).toThrow();
  });

  it("accepts anything for a file without types", () => {
    const targets = [promptOnly("a", { model, prompt: { user: "{{whatever}}" } })];
    const typed = (subject: Subject<Input, Expected>) => subject.case.expected?.policy === subject.text;
    const graders = [graderOf<Expected>(), typed];
    expect(defineSuite({ ...shared, cases: jsonl("x.jsonl"), targets, graders }).graders).toHaveLength(2);
    const inline = defineSuite({
      ...shared,
      cases: csv("x.csv"),
      targets,
      graders: [
        function equals(subject) {
          return subject.case.expected === subject.text;
        },
      ],
    });
    expect(inline.graders[0]?.kind).toBe("custom");
  });
});
