/** The arms that no other arm beats in both what they cost and what they get right. */

export interface Spot {
  readonly name: string;
  /** Less is better. */
  readonly x: number;
  /** More is better. */
  readonly y: number;
}

/** In rising order of `x`; of equal spots all are kept. */
export function paretoFront<S extends Spot>(spots: readonly S[]): readonly S[] {
  return spots
    .filter(({ x, y }) => !spots.some((other) => other.x <= x && other.y >= y && (other.x < x || other.y > y)))
    .sort((a, b) => a.x - b.x || a.y - b.y);
}
