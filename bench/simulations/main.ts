/**
 * Coverage, errors and power of every estimator that a verdict uses, against the bands that were stated for them:
 *
 *     npm run simulations -- [NAME ...] [--full] [--runs 6000] [--seed 1] [--json]
 *
 * The same seed and runs give the same figures. Ends with 1 where a figure is outside of its band, with 2 where the command is wrong.
 */
import { simulationsCommand } from "./command.ts";

process.exitCode = simulationsCommand(
  process.argv.slice(2),
  (text) => process.stdout.write(text),
  (text) => process.stderr.write(text),
);
