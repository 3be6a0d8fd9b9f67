import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Completion } from "../suite/completion.ts";
import type { Message, Model } from "../suite/model.ts";
import { judge } from "./judge.ts";
import type { JudgeOptions } from "./judge-options.ts";
import { judgeMessages } from "./judge-prompt.ts";
import { tryGrader } from "./try-grader.ts";

const answer = (text: string): Completion => ({ kind: "answer", text, finish: "stop" });
const model: Model = {
  provider: "fake",
  id: "j",
  account: "fake",
  identity: {},
  parameters: {},
  answers: "paid",
  complete: () => Promise.reject(new Error("a grader asks through its context")),
};

const said = (label: string, quote?: string): Completion =>
  answer(JSON.stringify({ reason: "because", ...(quote === undefined ? {} : { quote }), label }));

/** The grade that comes of replies, and the questions. */
async function judged(replies: readonly Completion[], options: Partial<JudgeOptions<"pass" | "half" | "fail">> = {}) {
  const asked: { readonly messages: readonly Message[]; readonly schema: unknown }[] = [];
  const grader = judge({
    model,
    rubric: "Kind?",
    labels: { pass: 1, half: 0.5, fail: 0 },
    ...options,
  });
  const { strict } = await tryGrader(grader, {
    text: "Dear you, it is\nsent.",
    ask: (_, messages, asking) => {
      asked.push({ messages, schema: asking?.parameters?.schema });
      return Promise.resolve(replies[asked.length - 1] ?? answer("nothing"));
    },
  });
  return { strict, asked, args: grader.args };
}

describe("a judge's evidence", () => {
  it("is asked for by schema and by word, and kept with the grade", async () => {
    const { strict, asked } = await judged([said("pass", "it is sent")]);
    expect(strict).toEqual({ kind: "scored", score: 1, answer: "pass", why: "because", quote: "it is sent" });
    expect(asked).toHaveLength(1);
    expect(asked[0]?.schema).toMatchObject({ schema: { required: ["reason", "quote", "label"] } });
    expect(asked[0]?.messages[0]?.content).toContain(
      "A label that needs evidence (pass, half) counts only with a quote",
    );
  });

  it("that does not stand in the answer is asked for once more, with what was wrong", async () => {
    const { strict, asked } = await judged([said("pass", "it was sent"), said("pass", "Dear you")]);
    expect(strict).toMatchObject({ kind: "scored", quote: "Dear you" });
    expect(asked[1]?.messages[1]?.content).toContain("Your last quote does not stand in the ANSWER.");
    const [, other] = (await judged([answer("hm"), said("pass", "Dear you")])).asked;
    expect(other?.messages[1]?.content).toContain("Your last reply was not of this form.");
  });

  it("that never comes leaves the answer ungraded, whichever label it was for", async () => {
    for (const replies of [
      [said("pass"), said("pass")],
      [said("pass", ""), said("half", "it was sent")],
      [answer("hm"), said("pass", "made up")],
    ]) {
      const { strict, asked } = await judged(replies);
      expect(strict).toMatchObject({ kind: "ungraded", reason: "judge-no-evidence" });
      expect(asked).toHaveLength(2);
    }
    const { strict } = await judged([said("pass", "made up"), answer("hm")]);
    expect(strict).toMatchObject({ kind: "ungraded", reason: "judge-unparsed" });
    // A bare label quotes nothing.
    expect((await judged([answer("pass"), answer("pass")])).strict).toMatchObject({ reason: "judge-no-evidence" });
  });

  it("is not needed by the lowest label, and not by a judge that cannot tell", async () => {
    expect((await judged([said("fail")])).strict).toMatchObject({ kind: "scored", score: 0, answer: "fail" });
    expect((await judged([said("fail", "made up")])).strict).not.toHaveProperty("quote");
    expect((await judged([said("cannot_judge")])).strict).toMatchObject({ reason: "judge-cannot-tell" });
  });

  it("is needed by the labels that are named, or by none", async () => {
    const named = { evidence: ["fail"] } as const;
    expect((await judged([said("pass")], named)).strict).toMatchObject({ score: 1 });
    expect((await judged([said("fail"), said("fail")], named)).strict).toMatchObject({ reason: "judge-no-evidence" });
    const off = await judged([said("pass")], { evidence: false });
    expect(off.strict).toMatchObject({ score: 1 });
    expect(off.asked[0]?.schema).toMatchObject({ schema: { required: ["reason", "label"] } });
    expect((await judged([said("pass")], { evidence: [] })).args).toEqual(off.args);
    expect((await judged([said("fail")], named)).args).toMatchObject({ template: 2, evidence: ["fail"] });
  });

  it("refuses a label that there is not", () => {
    // @ts-expect-error: no such label.
    const options: JudgeOptions<"pass" | "fail"> = { rubric: "?", labels: { pass: 1, fail: 0 }, evidence: ["ok"] };
    expect(() => judge({ ...options, model })).toThrow(/evidence names "ok", which is no label/);
  });

  it("changes nothing of a question without it, so that the replies of before are found again", () => {
    const prompt = { caseId: "1", rubric: "Be strict.", labels: ["pass", "fail"], evidence: [], input: "Question?" };
    const hashes = [undefined, "form" as const].map((again) =>
      createHash("sha256")
        .update(JSON.stringify(judgeMessages({ ...prompt, reference: "Gold", answer: "Some answer" }, again)))
        .digest("hex"),
    );
    expect(hashes).toEqual([
      "5462188690db5fbe9ddf6788c80cd644f7081a42ba9289852827b06e490ef731",
      "4f7a0c1fa2d060df0cdd32258558e8eb8a98275134bea9bbb9670418a624c85c",
    ]);
  });
});
