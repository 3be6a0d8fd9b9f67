/**
 * How long the decision takes over 10 targets x 10,000 cases x 3 trials, and how much memory: `npm run bench:decision`. The aim is 2 s and 300 MB,
 * with the trials told one by one as a run tells them. Where others use the machine the time of processors tells more: it holds what is compiled and
 * collected beside.
 */
import { decide } from "../src/decide/decide.ts";
import { createObservations } from "../src/decide/observations.ts";
import { fineTuned, promptOnly, record, seeded, suiteOf, TODAY } from "../src/decide/trials.test-data.ts";

const CASES = 10_000;
const TRIALS = 3;
const prompts = Array.from({ length: 6 }, (_, at) => promptOnly(`prompt ${at + 1}`));
const tunes = [100, 200, 400, 800].map((size) => fineTuned(`tuned on ${size}`, { trainingExamples: size }));
const targets = [...prompts, ...tunes];
const suite = suiteOf({
  targets,
  trials: TRIALS,
  requirement: { quality: { atLeast: 0.8 }, stability: { allOf: 3, atLeast: 0.7 }, cost: { usdPer1kAtMost: 0.5 } },
});

const began = performance.now();
const observations = createObservations(suite);
const next = seeded(7);
for (let index = 0; index < CASES; index++) {
  const hard = next();
  for (const [at, { name }] of targets.entries()) {
    for (let trial = 1; trial <= TRIALS; trial++) {
      const outcome = hard + 0.1 * next() < 0.55 + 0.03 * at ? "right" : "wrong";
      const split = index % 3 === 0 ? "dev" : "test";
      observations.add(
        record(suite, { target: name, index, trial, outcome, split, cluster: `c${index >> 1}`, usd: next() / 2000 }),
      );
    }
  }
}
const told = performance.now();
const before = process.cpuUsage();
const { verdict } = decide(observations, { today: TODAY });
const decided = performance.now();
const used = process.cpuUsage(before);
const seconds = (from: number, to: number) => `${((to - from) / 1000).toFixed(2)} s`;
const peak = Math.round(process.resourceUsage().maxRSS / 1024);
process.stdout.write(
  `${targets.length} targets x ${CASES} cases x ${TRIALS} trials, clusters of 2: ${verdict.kind}\n` +
    `telling the trials ${seconds(began, told)}, deciding ${seconds(told, decided)} (${seconds(0, (used.user + used.system) / 1000)} of all processors)\n` +
    `peak memory ${peak} MB; the aim is 2 s for deciding and 300 MB\n`,
);
