/** The command behind `npm run simulations`: what it prints, and how it ends. */
import { parseArgs } from "node:util";
import { SIMULATIONS } from "./all.ts";
import { drawsOf, standing } from "./figure.ts";
import { linesOf } from "./table.ts";

const RUNS = 6000;
const FULL_RUNS = 40_000;

function options(args: readonly string[]) {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      runs: { type: "string" },
      seed: { type: "string", default: "1" },
      full: { type: "boolean", default: false },
      json: { type: "boolean", default: false },
    },
    allowPositionals: true,
  });
  const runs = Number(values.runs ?? (values.full ? FULL_RUNS : RUNS));
  const seed = Number(values.seed);
  if (!Number.isSafeInteger(runs) || runs < 1)
    throw new RangeError(`--runs: a whole number of at least 1, got ${values.runs}`);
  if (!Number.isSafeInteger(seed)) throw new RangeError(`--seed: a whole number, got ${values.seed}`);
  const unknown = positionals.filter((asked) => !SIMULATIONS.some(({ name }) => name === asked));
  if (unknown.length > 0)
    throw new RangeError(
      `${unknown.join(", ")}: no such simulation; there are ${SIMULATIONS.map(({ name }) => name).join(", ")}`,
    );
  return { runs, seed, json: values.json, names: positionals };
}

function run({ runs, seed, json, names }: ReturnType<typeof options>, write: (text: string) => void): 0 | 1 {
  const draws = drawsOf(runs, seed);
  const asked = SIMULATIONS.filter(({ name }) => names.length === 0 || names.includes(name));
  const tables: object[] = [];
  const counts = { held: 0, near: 0, outside: 0, told: 0 };
  if (!json) write(`seed ${seed}, ${runs} runs a figure; percent unless cases are named\n`);
  for (const simulation of asked) {
    const figures = simulation.figures(draws).map((figure) => ({ ...figure, standing: standing(figure) }));
    for (const figure of figures) counts[figure.standing] += 1;
    tables.push({ name: simulation.name, title: simulation.title, figures });
    if (!json) write(`\n${linesOf(simulation, figures).join("\n")}\n`);
  }
  if (json) write(`${JSON.stringify({ seed, runs, tables, counts }, undefined, 2)}\n`);
  else {
    const { held, near, outside, told } = counts;
    write(
      `\n${held} held, ${near} beyond the band by at most 3 Monte Carlo errors (near),\n` +
        `${outside} OUTSIDE, ${told} told beside them without a band; src/stats/README.md tells why\n`,
    );
  }
  return counts.outside > 0 ? 1 : 0;
}

/** @returns the exit code: 1 where a figure is outside of its band, 2 where the arguments are wrong */
export function simulationsCommand(
  args: readonly string[],
  write: (text: string) => void,
  complain: (text: string) => void,
): 0 | 1 | 2 {
  try {
    return run(options(args), write);
  } catch (problem) {
    complain(`${problem instanceof Error ? problem.message : String(problem)}\n`);
    return 2;
  }
}
