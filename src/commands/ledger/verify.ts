/** `gapcheck ledger verify`: is every row what was written. */
import { verifyLedger } from "../../engine/ledger-verify.ts";
import { ExitCode } from "../../errors.ts";
import { renderVerified } from "../../report/ledger-view.ts";
import { book, type LedgerFlags, readLedger } from "./open-book.ts";

export async function verify(flags: LedgerFlags): Promise<number> {
  const { file, look, tell } = book(flags);
  const verified = await readLedger(file, verifyLedger);
  const whole = verified.damaged.length === 0 && verified.problems.length === 0;
  tell({ schema: "gapcheck.ledger-verify/1", file, whole, ...verified }, () => renderVerified(file, verified, look));
  return whole ? ExitCode.pass : ExitCode.incomplete;
}
