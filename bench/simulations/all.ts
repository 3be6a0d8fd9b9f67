/** Every simulation, in the order of the tables. */
import { clusters } from "./clusters.ts";
import { costs, meanCosts, successLimits } from "./cost.ts";
import type { Simulation } from "./figure.ts";
import { graded } from "./graded.ts";
import { holm } from "./holm.ts";
import { latency } from "./latency.ts";
import { passK } from "./pass-k.ts";
import { proportion } from "./proportion.ts";
import { sampleSize } from "./sample-size.ts";
import { sequences } from "./sequences.ts";
import { tango } from "./tango.ts";
import { trials } from "./trials.ts";
import { weights } from "./weights.ts";
import { zeroFailure } from "./zero-failure.ts";

export const SIMULATIONS: readonly Simulation[] = [
  proportion,
  holm,
  tango,
  trials,
  graded,
  clusters,
  weights,
  passK,
  latency,
  meanCosts,
  costs,
  successLimits,
  zeroFailure,
  sampleSize,
  sequences,
];
