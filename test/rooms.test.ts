/** Keeps the direction of imports: which room may know which. The rooms are told in ARCHITECTURE.md. */
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const src = fileURLToPath(new URL("../src", import.meta.url));

/** A room may import rooms of a lower storey; rooms of one storey do not know each other. */
const STOREY: Readonly<Record<string, number>> = {
  floor: 0,
  stats: 1,
  suite: 1,
  grade: 2,
  model: 2,
  dataset: 2,
  engine: 3,
  decide: 3,
  report: 3,
  scaffold: 3,
  stub: 3,
  commands: 4,
  vitest: 5,
  door: 5,
};

/** `stats` is below everything and knows nothing but itself; these contracts may be imported as types by `report`. */
const CONTRACTS = new Set([
  "decide/decision.ts",
  "decide/baseline/contract.ts",
  "decide/money-contract.ts",
  "decide/curve-contract.ts",
  "decide/ceiling-contract.ts",
  "engine/outcome.ts",
  "decide/criteria-contract.ts",
  "decide/run-comparison-contract.ts",
]);

interface Import {
  readonly from: string;
  readonly specifier: string;
  readonly typeOnly: boolean;
}

function sourceFiles(): string[] {
  return readdirSync(src, { recursive: true, encoding: "utf8" })
    .map((file) => file.split(sep).join("/"))
    .filter((file) => file.endsWith(".ts") || (file.endsWith(".js") && !file.includes("/client/")));
}

function roomOf(file: string): string {
  if (file === "errors.ts" || /^(?:redact|known-keys)(?:\.test)?\.ts$/.test(file)) return "floor";
  if (file === "index.ts" || file === "cli.ts" || file === "start.js" || file === "index.test.ts") return "door";
  return file.split("/")[0] ?? file;
}

const IMPORT =
  /^\s*(?:import|export)\s+(type\s+)?(?:[^"';]*?\sfrom\s+)?["']([^"']+)["']|\bimport\(\s*["']([^"']+)["']\s*\)/gm;

function importsOf(file: string): Import[] {
  const text = readFileSync(join(src, file), "utf8").replace(/\/\*[\s\S]*?\*\//g, "");
  return [...text.matchAll(IMPORT)].map((match) => ({
    from: file,
    specifier: match[2] ?? match[3] ?? "",
    typeOnly: match[1] !== undefined,
  }));
}

function targetOf({ from, specifier }: Import): string {
  return normalize(join(dirname(from), specifier))
    .split(sep)
    .join("/");
}

const files = sourceFiles();
const all = files.flatMap(importsOf);
const own = all.filter(({ specifier }) => specifier.startsWith("."));
const packages = all.filter(({ specifier }) => !specifier.startsWith("."));
const isTest = (file: string) => file.endsWith(".test.ts");
const show = (list: readonly Import[]) => list.map(({ from, specifier }) => `${from} imports ${specifier}`);

describe("rooms", () => {
  it("are the ones that are named here", () => {
    expect(files.filter((file) => !(roomOf(file) in STOREY))).toEqual([]);
    expect(files.length).toBeGreaterThan(50);
  });

  it("import only rooms below them", () => {
    const wrong = own.filter((one) => {
      const from = roomOf(one.from);
      const to = roomOf(targetOf(one));
      if (from === to) return false;
      if (from === "report" && one.typeOnly && CONTRACTS.has(targetOf(one))) return false;
      return !((STOREY[to] ?? 9) < (STOREY[from] ?? -1));
    });
    expect(show(wrong)).toEqual([]);
  });

  it("leave statistics pure: src/stats imports nothing but itself, no package, no Node module", () => {
    const wrong = all.filter((one) => {
      if (roomOf(one.from) !== "stats" || isTest(one.from)) return false;
      return !one.specifier.startsWith(".") || roomOf(targetOf(one)) !== "stats";
    });
    expect(show(wrong)).toEqual([]);
  });

  it("keep the provider SDKs in src/model and vitest in tests", () => {
    const wrong = packages.filter(({ from, specifier }) => {
      if (/^(openai|@anthropic-ai\/sdk)(\/|$)/.test(specifier)) return roomOf(from) !== "model";
      return /^vitest(\/|$)/.test(specifier) && !isTest(from) && roomOf(from) !== "vitest";
    });
    expect(show(wrong)).toEqual([]);
  });

  it("have no circle of imports that run", () => {
    const edges = new Map<string, string[]>();
    for (const one of own) {
      if (one.typeOnly || isTest(one.from)) continue;
      edges.set(one.from, [...(edges.get(one.from) ?? []), targetOf(one)]);
    }
    const state = new Map<string, "open" | "done">();
    const circles: string[] = [];
    const walk = (file: string, path: readonly string[]): void => {
      if (state.get(file) === "done") return;
      if (state.get(file) === "open") {
        circles.push([...path.slice(path.indexOf(file)), file].join(" > "));
        return;
      }
      state.set(file, "open");
      for (const next of edges.get(file) ?? []) walk(next, [...path, file]);
      state.set(file, "done");
    };
    for (const file of edges.keys()) walk(file, []);
    expect(circles).toEqual([]);
  });

  it("draw no random number where a verdict could see it", () => {
    const code = (file: string) => readFileSync(join(src, file), "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
    const random = files.filter((file) => !isTest(file) && code(file).includes("Math.random"));
    expect(random.filter((file) => ["stats", "decide", "grade", "suite", "dataset"].includes(roomOf(file)))).toEqual(
      [],
    );
  });

  it("have one barrel, src/index.ts, and no drawer for odds and ends", () => {
    const names = files.map((file) => relative(".", file));
    expect(names.filter((file) => /(^|\/)(utils?|helpers?|misc|common)(\.ts$|\/)/.test(file))).toEqual([]);
    expect(names.filter((file) => file.endsWith("/index.ts"))).toEqual([]);
  });
});
