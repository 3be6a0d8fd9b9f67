/** The options of `gapcheck ledger …`. Each command is loaded only when it is asked for. */
import { type Command, InvalidArgumentError } from "commander";
import type { ExportFlags } from "./export.ts";
import type { LedgerFlags } from "./open-book.ts";
import type { PruneFlags } from "./prune.ts";

const HOUR_MS = 3_600_000;
const UNITS_MS: Readonly<Record<string, number>> = { h: HOUR_MS, d: 24 * HOUR_MS, w: 7 * 24 * HOUR_MS };

/** Milliseconds. */
function age(text: string): number {
  const [, count = "", unit = ""] = /^(\d{1,5})([hdw])$/.exec(text) ?? [];
  const ms = Number(count) * (UNITS_MS[unit] ?? 0);
  if (ms === 0) throw new InvalidArgumentError("an age is needed, such as 30d (h, d, w)");
  return ms;
}

/** Adds `ledger` and its commands to the program; each hands on its exit code. */
export function withLedgerCommands(program: Command, end: (exitCode: number) => void): void {
  const withFile = (command: Command): Command =>
    command
      .option("--ledger <file>", "the ledger (default: .gapcheck/ledger.sqlite)")
      .option("--json", "print the result as JSON on standard output");
  // Options may stand before or after the name of the command.
  const flagsOf = <Flags extends LedgerFlags>(command: Command): Flags => command.optsWithGlobals<Flags>();

  const ledger = withFile(program.command("ledger"))
    .description("what the ledger holds and what it cost; calls nothing")
    .action(async (_flags: LedgerFlags, command: Command) => {
      const { showLedger } = await import("./show.ts");
      end(await showLedger(flagsOf(command)));
    });
  withFile(ledger.command("verify"))
    .description("prove that every row is what was written; exit code 4 when one is not")
    .action(async (_flags: LedgerFlags, command: Command) => {
      const { verify } = await import("./verify.ts");
      end(await verify(flagsOf(command)));
    });
  withFile(ledger.command("export"))
    .argument("<file>", "the file to write; - for standard output")
    .option("--force", "overwrite a file that is no earlier export")
    .description("write all of it as JSON lines, to carry it elsewhere or to compare it")
    .action(async (to: string, _flags: ExportFlags, command: Command) => {
      const { exportLedger } = await import("./export.ts");
      end(await exportLedger(to, flagsOf<ExportFlags>(command)));
    });
  withFile(ledger.command("import"))
    .argument("<files...>", "files that export wrote")
    .description("take in what others paid for: no answer is lost, and every cost counts")
    .action(async (from: string[], _flags: LedgerFlags, command: Command) => {
      const { importLedgers } = await import("./import.ts");
      end(await importLedgers(from, flagsOf(command)));
    });
  withFile(ledger.command("prune"))
    .option("--older-than <age>", "what came in before, such as 30d (h, d, w)", age)
    .option("--model <name>", "only calls of this model")
    .option("--dry-run", "only say what would go")
    .description("take old answers out: a run that needs one again buys it again")
    .action(async (_flags: PruneFlags, command: Command) => {
      const { pruneLedger } = await import("./prune.ts");
      end(await pruneLedger(flagsOf<PruneFlags>(command)));
    });
  withFile(ledger.command("rescue"))
    .argument("[file]", "a damaged ledger that stands elsewhere (default: the ledger itself)")
    .description("put a damaged file aside, and save every answer that can be read")
    .action(async (from: string | undefined, _flags: LedgerFlags, command: Command) => {
      const { rescueLedger } = await import("./rescue.ts");
      end(await rescueLedger(from, flagsOf(command)));
    });
}
