/** The options of `gapcheck ledger …`. Each command is loaded only when it is asked for. */
import type { Command } from "commander";
import type { LedgerFlags } from "./open-book.ts";

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
}
