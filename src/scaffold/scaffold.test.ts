import { describe, expect, it } from "vitest";
import { handsOn, ignoring, newFiles } from "./files.ts";
import { addToManifest } from "./package-json.ts";
import { LABELS, STARTER_CASES, starterRecording } from "./starter-data.ts";
import { KEYS, keyOf } from "./starter-suite.ts";

describe("addToManifest", () => {
  it("adds what is missing and leaves what stands there", () => {
    const before = {
      name: "shop",
      scripts: { eval: "node mine.js", build: "tsc" },
      devDependencies: { typescript: "7" },
    };
    expect(addToManifest(before, "^1.2.3")).toEqual({
      manifest: {
        name: "shop",
        scripts: { eval: "node mine.js", build: "tsc", plan: "gapcheck plan", gate: "gapcheck gate" },
        devDependencies: { typescript: "7", gapcheck: "^1.2.3" },
      },
      added: ["scripts.plan", "scripts.gate", "devDependencies.gapcheck"],
      kept: ["scripts.eval"],
    });
  });

  it("changes nothing the second time", () => {
    const { manifest } = addToManifest({}, "^1.2.3");
    expect(addToManifest(manifest, "^1.3.0")).toEqual({ manifest, added: [], kept: [] });
  });
});

describe("ignoring", () => {
  it("adds missing lines once, whatever the line ends", () => {
    expect(ignoring("dist\r\nnode_modules")).toBe(
      "dist\r\nnode_modules\n.gapcheck/\nstub.sqlite*\nreports/*\n!reports/baseline.json\n",
    );
    expect(ignoring(ignoring(""))).toBe(ignoring(""));
  });
});

describe("the first suite", () => {
  it("has sixteen cases a label, each with an id and a text of its own", () => {
    expect(STARTER_CASES).toHaveLength(64);
    expect(new Set(STARTER_CASES.map(({ id }) => id)).size).toBe(64);
    expect(new Set(STARTER_CASES.map(({ message }) => message)).size).toBe(64);
    for (const label of LABELS) expect(STARTER_CASES.filter((one) => one.label === label)).toHaveLength(16);
    expect(starterRecording().trimEnd().split("\n")).toHaveLength(3 * 64);
  });

  it("names only files that are written, and hands on every provider's key", () => {
    for (const provider of ["openai", "anthropic", "example"] as const) {
      const files = newFiles({ name: "tickets", provider });
      const paths = files.map(({ path }) => path);
      const [suite] = files;
      const named = [...(suite?.text.matchAll(/"\.\.\/(datasets\/[^"]+)"|file\("([^"]+)"\)/g) ?? [])];
      expect(named.length).toBeGreaterThan(1);
      for (const [, dataset, prompt] of named) expect(paths).toContain(dataset ?? `evals/${prompt}`);
      const workflow = files.find(({ path }) => path.endsWith("eval.yml"))?.text ?? "";
      expect([...workflow.matchAll(/secrets\.(\w+)/g)].map(([, name]) => name)).toEqual(KEYS);
      for (const one of KEYS) expect(handsOn(workflow, one)).toBe(true);
      expect(KEYS).toContain(keyOf(provider) ?? KEYS[0]);
    }
  });
});
