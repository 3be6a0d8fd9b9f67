/**
 * The simulations behind the choice of methods: everything that is enumerated is held to its figure here, what is drawn only with as many
 * runs as a test may take. `npm run simulations` draws enough.
 */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { SIMULATIONS } from "../bench/simulations/all.ts";
import { clusteredCoverage, cr2Coverage, STATED } from "../bench/simulations/clusters.ts";
import { simulationsCommand } from "../bench/simulations/command.ts";
import { drawsOf, exact, type Figure, standing } from "../bench/simulations/figure.ts";
import { coverageOfRates } from "../bench/simulations/proportion.ts";
import { linesOf } from "../bench/simulations/table.ts";
import { tangoFalselyNoWorse } from "../bench/simulations/tango.ts";
import { averagedDifferences } from "../bench/simulations/trials.ts";
import { pairedTNoninferiority, pseudoCaseNoninferiority } from "../src/stats/paired-mean.ts";
import { jeffreys } from "../src/stats/proportion.ts";
import { randomFrom } from "../src/stats/random.ts";

const readme = readFileSync(new URL("../src/stats/README.md", import.meta.url), "utf8");
const few = () => drawsOf(4, 7);
const tables = SIMULATIONS.map((simulation) => ({ simulation, figures: simulation.figures(few()) }));

function command(...args: string[]): { readonly status: number; readonly stdout: string; readonly stderr: string } {
  const told = { stdout: "", stderr: "" };
  const status = simulationsCommand(
    args,
    (text) => {
      told.stdout += text;
    },
    (text) => {
      told.stderr += text;
    },
  );
  return { status, ...told };
}

describe.each(tables)("$simulation.name", ({ simulation, figures }) => {
  it("has figures of the kind that their unit says, each named once", () => {
    expect(figures.length).toBeGreaterThan(2);
    for (const { setting, value, unit, error } of figures) {
      expect(Number.isFinite(value) && value >= 0 && (unit === "cases" || value <= 1), setting).toBe(true);
      expect(Number.isFinite(error) && error >= 0, setting).toBe(true);
    }
    expect(new Set(figures.map(({ setting }) => setting)).size).toBe(figures.length);
    expect(figures.some(({ band }) => band !== undefined)).toBe(true);
  });

  it("is a table of 80 columns with a line a figure and nothing cut off", () => {
    const [title, header, ...lines] = linesOf(simulation, figures);
    expect(title).toBe(simulation.title);
    expect(header).toMatch(/^ +figure +\+- +band/);
    expect(lines).toHaveLength(figures.length);
    for (const [at, line] of lines.entries()) {
      expect(line.startsWith(figures[at]?.setting ?? "?"), line).toBe(true);
      expect(line.length).toBeLessThanOrEqual(80);
    }
  });
});

it.each(tables.filter(({ figures }) => figures.some(({ error }) => error > 0)))(
  "$simulation.name draws the same figures again",
  ({ simulation, figures }) => expect(simulation.figures(few())).toEqual(figures),
);

describe("standing", () => {
  const figure = (value: number, error: number): Figure => ({
    ...exact("", value, { atLeast: 0.3, atMost: 0.5 }),
    error,
  });
  it.each([
    [0.3, 0, "held"],
    [0.5, 0, "held"],
    [0.501, 0, "outside"],
    [0.299, 0, "outside"],
    [0.52, 0.01, "near"],
    [0.54, 0.01, "outside"],
    [0.26, 0.01, "outside"],
  ])("%f with an error of %f: %s", (value, error, expected) => {
    expect(standing(figure(value, error))).toBe(expected);
  });

  it("a figure without a band is only told", () => expect(standing(exact("", 1))).toBe("told"));
});

describe("what the methods were chosen for", () => {
  it("enumerated figures hold, but for those that the room's README names", () => {
    const outside = tables
      .flatMap(({ figures }) => figures)
      .filter((figure) => figure.error === 0 && standing(figure) === "outside")
      .map(({ setting }) => setting);
    expect(outside).toEqual([
      "n 100: coverage, worst of 9 settings",
      "n 200: coverage, worst of 9 settings",
      "n 300: coverage, worst of 9 settings",
      "n 100 at that margin: shown no worse",
      "n 100, 10 % differ: a gap of 7.8 shown",
    ]);
    expect(outside.filter((setting) => !readme.includes(`"${setting}"`))).toEqual([]);
  });

  it.each([
    [20, 0.972, 0.94],
    [100, 0.95, 0.881],
  ])("Jeffreys, which no verdict uses, n = %i: mean %f, worst %f", (n, average, worst) => {
    const found = coverageOfRates(n, jeffreys);
    expect(Math.abs(found.mean - average)).toBeLessThan(0.001);
    expect(Math.abs(found.worst - worst)).toBeLessThan(0.001);
  });

  it.each([
    [50, 0.1, 0.15],
    [100, 0.05, 0.1],
    [100, 0.1, 0.2],
    [200, 0.05, 0.15],
  ])("Tango, n = %i, margin %f, discordance %f: false no worse in 2.7 to 5.15 %", (n, margin, discordance) => {
    const error = tangoFalselyNoWorse(n, margin, discordance);
    expect(error).toBeGreaterThan(0.027);
    expect(error).toBeLessThan(0.0515);
  });

  it("pseudo-case t stays at its level on averaged trials, where the paired t does not", () => {
    const random = randomFrom([5, 3]);
    const runs = 4000;
    const passed = { pseudo: 0, plain: 0 };
    for (let run = 0; run < runs; run++) {
      const differences = averagedDifferences(random, 50, 0.05, 3);
      if (pseudoCaseNoninferiority(differences, 0.05).noninferior) passed.pseudo++;
      const plain = pairedTNoninferiority(differences, 0.05);
      if (plain.defined && plain.value.noninferior) passed.plain++;
    }
    expect(passed.pseudo / runs).toBeLessThan(0.066);
    expect(passed.plain / runs).toBeGreaterThan(0.06);
  });

  it("Wilson on n/xi holds in clusters, where plain Wilson does not", () => {
    const settings = [0, 2, 5].flatMap((at) => STATED.slice(at, at + 1));
    const figures = clusteredCoverage(drawsOf(1500, 3), settings);
    const coverage = new Map(figures.map(({ setting, value }) => [setting, value]));
    for (const [setting, least, naive] of [
      ["10 x 10, 80 %, icc 0.3", 0.91, 0.75],
      ["20 x 5, 80 %, icc 0.1", 0.94, 0.91],
      ["40 x 5, 95 %, icc 0.1", 0.93, 0.97],
    ] as const) {
      expect(coverage.get(`${setting}: ours`), setting).toBeGreaterThan(least);
      expect(coverage.get(`${setting}: plain Wilson`), setting).toBeLessThan(naive);
    }
  });

  it("CR2 with Satterthwaite's degrees of freedom holds in clusters of unequal size", () => {
    const figures = cr2Coverage(drawsOf(1500, 3));
    expect(figures).toHaveLength(2);
    for (const { value } of figures) {
      expect(value).toBeGreaterThan(0.93);
      expect(value).toBeLessThan(0.975);
    }
  });
});

describe("npm run simulations", () => {
  it("ends with 1 where a figure is outside of its band, and with 0 where none is", () => {
    const outside = command("sample-size", "--json", "--runs", "10");
    expect(outside.status).toBe(1);
    const { counts, tables: told } = JSON.parse(outside.stdout);
    expect(counts.outside).toBe(2);
    expect(told).toHaveLength(1);
    expect(told[0].figures[0]).toMatchObject({ unit: "cases", error: 0, standing: "held" });
    const held = command("zero-failure", "--runs", "10");
    expect(held).toMatchObject({ status: 0, stdout: expect.stringContaining("0 OUTSIDE") });
  });

  it.each([
    [["tangle"], /^tangle: no such simulation; there are .*tango/],
    [["--runs", "0"], /^--runs: a whole number of at least 1, got 0$/m],
    [["--seed", "x"], /^--seed: a whole number, got x$/m],
    [["--run", "9"], /--run/],
  ])("ends with 2 for %j, saying what is wrong", (args, said) => {
    expect(command(...args)).toEqual({ status: 2, stdout: "", stderr: expect.stringMatching(said) });
  });
});

describe("the room's README", () => {
  it("has a row for every simulation", () => {
    const rows = readme.split("\n").filter((line) => line.startsWith("| "));
    for (const { name } of SIMULATIONS)
      expect(
        rows.some((row) => row.includes(`| \`${name}\` |`)),
        name,
      ).toBe(true);
  });
});
