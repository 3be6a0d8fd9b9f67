/** Where a model that is tuned already runs: until when it is served, and whether your data may go there. */
import type { LoadedSuite, Suite } from "../suite/suite.ts";
import type { Target } from "../suite/target.ts";
import { NO_END } from "../suite/training.ts";
import { type GateFinding, open, passed, stopped } from "./gate-finding.ts";

/** ISO day on which a tuned target is shut down, by its own word or by that of the suite's venue; absent where it stays, or nobody says. */
export function endOfTune({ training }: Suite | LoadedSuite, { tuning }: Target): string | undefined {
  const served = training?.venue?.servedUntil;
  return tuning?.retiresOn ?? (served === NO_END ? undefined : served);
}

/** Weights in a file of your own are served as long as you like, and no data goes anywhere. An end is told apart (`retires`). */
export function tunedVenueOf(suite: Suite | LoadedSuite, target: Target): GateFinding {
  const venue = suite.training?.venue;
  if (venue?.dataAllowed === false) {
    return stopped(
      `Your data may not go to "${venue.name}", which serves "${target.name}".`,
      "A venue that may have your data would change it.",
    );
  }
  if (target.model.provider === "local") return passed(`"${target.name}" runs on weights of your own.`);
  const end = endOfTune(suite, target);
  const lacking = [
    ...(end === undefined && venue?.servedUntil !== NO_END
      ? [`until when "${target.name}" is served (\`retiresOn\`, or \`training.venue.servedUntil\`)`]
      : []),
    ...(venue?.dataAllowed === undefined ? ["whether your data may go there (`training.venue.dataAllowed`)"] : []),
  ];
  if (lacking.length === 0) {
    return passed(
      `"${target.name}" is served ${end === undefined ? "without an end" : `until ${end}`}, and may have your data.`,
    );
  }
  const told = lacking.join(" and ");
  return open(`Not stated: ${told}.`, `What is not stated, and would matter: ${told}.`);
}
