/**
 * Recomputes the figures of the model card: `npm run model-card` answers the four suites anew with the committed weights and fails where a figure
 * or a bound that stands in the card is off by more than the band, card and figures.json differ, a file's SHA-256 is not the listed one, or a sealed
 * set was changed. `npm run model-card -- --write` writes the figures and the card's table instead.
 */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { BAND, type Figure, faults, tableOf, withFigures } from "./card.ts";

const here = import.meta.dirname;
const root = dirname(dirname(here));
const FIGURES = join(here, "figures.json");
const CARD = join(here, "MODEL_CARD.md");
const SUITES = ["intent-routing", "support-reply", "order-extraction", "product-facts"];

interface Measured {
  readonly available: boolean;
  readonly value?: number;
  readonly interval?: { readonly lower: number; readonly upper: number };
}
interface Summary {
  readonly suites: readonly {
    readonly decision: {
      readonly suite: string;
      readonly verdict: { readonly kind: string };
      readonly measures: readonly {
        readonly target: string;
        readonly split: string;
        readonly cases: number;
        readonly strict: Measured;
        readonly inputTokens: Measured;
      }[];
    };
  }[];
}

function figures(): readonly Figure[] {
  const folder = mkdtempSync(join(tmpdir(), "model-card-"));
  try {
    const files = SUITES.map((suite) => join("evals", `${suite}.eval.ts`));
    const args = [join(root, "src/start.js"), "run", ...files, "--json", "--ledger", join(folder, "ledger.sqlite")];
    const run = spawnSync(process.execPath, args, {
      cwd: root,
      stdio: ["ignore", "pipe", "inherit"],
      maxBuffer: 64 * 1024 * 1024,
    });
    if (run.status !== 0) throw new Error(`the suites ended with exit code ${run.status}`);
    const summary: Summary = JSON.parse(run.stdout.toString("utf8"));
    return summary.suites.flatMap(({ decision }) =>
      decision.measures
        .filter(({ split }) => split === "test")
        .map(({ target, cases, strict, inputTokens }) => ({
          suite: decision.suite,
          target,
          strict: points(strict.value),
          lower: points(strict.interval?.lower),
          upper: points(strict.interval?.upper),
          cases,
          inputTokens: Math.round(inputTokens.value ?? 0),
        })),
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function points(share: number | undefined): number {
  if (share === undefined) throw new Error("a figure is missing");
  return Math.round(share * 1000) / 10;
}

/** Lines of a sha256sum file that do not hold. */
function changedFiles(list: string): readonly string[] {
  return readFileSync(list, "utf8")
    .trim()
    .split("\n")
    .flatMap((line) => {
      const [digest = "", name = ""] = line.split(/\s+/);
      const found = createHash("sha256")
        .update(readFileSync(join(dirname(list), name)))
        .digest("hex");
      return found === digest ? [] : [`${name}: its SHA-256 is ${found}, listed is ${digest}`];
    });
}

const wrong = [...changedFiles(join(here, "SHA256SUMS")), ...changedFiles(join(root, "datasets/SEALED.sha256"))];
const now = figures();
const card = readFileSync(CARD, "utf8");
if (process.argv.includes("--write")) {
  writeFileSync(FIGURES, `${JSON.stringify(now, null, 2)}\n`);
  writeFileSync(CARD, withFigures(card, now));
} else {
  const kept: readonly Figure[] = JSON.parse(readFileSync(FIGURES, "utf8"));
  const sealed = readFileSync(join(root, "datasets/SEALED.sha256"), "utf8");
  wrong.push(...faults(card, { measured: now, kept, sealed }));
}
process.stdout.write(`${tableOf(now)}\n\n`);
for (const line of wrong) process.stdout.write(`${line}\n`);
process.stdout.write(`${now.length} figures recomputed, ${wrong.length} wrong (band ${BAND} points)\n`);
process.exitCode = wrong.length === 0 ? 0 : 1;
