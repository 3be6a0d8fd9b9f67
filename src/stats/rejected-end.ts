/** Where rejection ends: inverts a test that rejects all values up to one point. */

/** Steps that may pass before the bracket has to have halved. */
const PATIENCE = 3;

/**
 * The largest value that is rejected, from below: the value returned is rejected itself (or is `from`), and one `within` above is not.
 * Illinois variant of the false position (Dowell and Jarratt 1971), with a halving where it is slow or where the excess is not finite.
 * @param excess of the evidence at a value over what rejection takes; falls with the value, negative at `to`; may be infinite
 */
export function rejectedEnd(
  excess: (value: number) => number,
  { from, to, within }: { readonly from: number; readonly to: number; readonly within: number },
): number {
  let [low, high] = [from, to];
  let [above, below] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let side = 0;
  let width = high - low;
  for (let step = 1; high - low > within; step++) {
    const secant = low + (above / (above - below)) * (high - low);
    const slow = step % PATIENCE === 0 && high - low > width / 2;
    if (step % PATIENCE === 0) width = slow ? (high - low) / 2 : high - low;
    const next = Number.isFinite(secant) && !slow && secant > low && secant < high ? secant : (low + high) / 2;
    if (next <= low || next >= high) break;
    const found = excess(next);
    if (found >= 0) {
      low = next;
      above = found;
      if (side === 1) below /= 2;
      side = 1;
    } else {
      high = next;
      below = found;
      if (side === -1) above /= 2;
      side = -1;
    }
  }
  return low;
}
