/** `gapcheck ledger`: what the ledger holds and what it cost. */
import { statSync } from "node:fs";
import { ledgerSize } from "../../engine/ledger-size.ts";
import { ExitCode } from "../../errors.ts";
import { renderLedgerSize } from "../../report/ledger-view.ts";
import { book, type LedgerFlags, readLedger } from "./open-book.ts";

export async function showLedger(flags: LedgerFlags): Promise<number> {
  const { file, look, tell } = book(flags);
  const size = await readLedger(file, ledgerSize);
  const fileBytes = statSync(file).size;
  tell({ schema: "gapcheck.ledger-size/1", file, fileBytes, ...size }, () =>
    renderLedgerSize({ file, fileBytes, ...size }, look),
  );
  return ExitCode.pass;
}
