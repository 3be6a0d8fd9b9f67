/** Judges that give no verdict, through the real command. */
import { afterEach, describe, expect, it } from "vitest";
import { echo, openWorkspace, suiteText, type Workspace } from "../workspace.ts";

let place: Workspace;
afterEach(() => place.close());

const REPLIES = [
  "I would say that this answer is quite good, and I would pass it.",
  "VERDICT: pass\nVERDICT: fail",
  "",
  '{"reason": "fine", "label": "9"}',
];

describe("a judge", () => {
  it("row 53: prose, two verdicts, nothing, a wrong scale: no verdict, asked twice at most, never a pass", async () => {
    const model = `openai("stub-judge", { baseUrl: process.env.STUB_OPENAI, keyEnv: "STUB_KEY", price, maxTokens: 64 })`;
    const graders = `[exactMatch(), judge({ name: "polite", model: ${model}, rubric: "Is it polite?", labels: { pass: 1, fail: 0 }, structured: false })]`;
    const targets = `[promptOnly("plain", { model: base, prompt: { user: "Say {{input}}" } })]`;
    place = await openWorkspace({
      cases: REPLIES.length,
      suite: suiteText({ targets, graders }),
      stub: {
        reply: ({ model: asked, messages }) => {
          if (asked !== "stub-judge") return echo(messages);
          const whole = messages.map(({ content }) => content).join("\n");
          return REPLIES[Number(/word (\d+)/.exec(whole)?.[1] ?? 1) - 1] ?? "";
        },
      },
    });
    const { code, stdout } = await place.run(["run"]);
    expect(code).not.toBe(0);
    const judged = place.stub.requests.filter(({ model: asked }) => asked === "stub-judge");
    expect(judged).toHaveLength(2 * REPLIES.length);
    expect(place.stub.count()).toBe(3 * REPLIES.length);
    const counts = place.summary().suites[0]?.decision.measures[0]?.counts;
    expect(counts).toMatchObject({ passed: 0, failed: 0, missing: REPLIES.length });
    const lines = place.read(`reports/${place.summary().run.id}/cases.jsonl`).trim().split("\n");
    const grades = lines.map((line) => JSON.parse(line).grades[1].strict);
    expect(grades.map(({ kind }) => kind)).toEqual(REPLIES.map(() => "ungraded"));
    expect(grades.map(({ why }) => why).join("\n")).toMatch(
      /no verdict[\s\S]*more than one verdict[\s\S]*empty[\s\S]*not offered/,
    );
    expect(stdout).toContain("INCONCLUSIVE");
    // Running again asks nobody for what was said.
    await place.run(["run"]);
    expect(place.stub.count()).toBe(3 * REPLIES.length);
  });
});
