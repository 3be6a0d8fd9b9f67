/** Where the numbers of marks stand so that none covers a mark or another number, as long as there is room. */

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Half of what a number of two digits takes up, and what a mark does, in the box's own units. */
const LABEL = { x: 7, y: 6 } as const;
const MARK = 6;
/** Beside, above and below the mark, then farther away. */
const TRIES: readonly Place[] = [1, 1.75, 2.5].flatMap((far) => [
  { x: 14 * far, y: 0 },
  { x: -14 * far, y: 0 },
  { x: 0, y: -13 * far },
  { x: 0, y: 13 * far },
  { x: 12 * far, y: -11 * far },
  { x: -12 * far, y: -11 * far },
  { x: 12 * far, y: 11 * far },
  { x: -12 * far, y: 11 * far },
]);

/**
 * The middle of each mark's number, in the order of the marks. Where everything is full a number stands beside its mark all the same.
 * @param box what numbers should not leave
 */
export function labelPlaces(
  marks: readonly Place[],
  box: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number },
): readonly Place[] {
  const taken: Place[] = [];
  for (const mark of marks) {
    const tries = TRIES.map(({ x, y }) => ({ x: mark.x + x, y: mark.y + y }));
    const free = tries.find(
      (at) =>
        at.x - LABEL.x >= box.left &&
        at.x + LABEL.x <= box.right &&
        at.y - LABEL.y >= box.top &&
        at.y + LABEL.y <= box.bottom &&
        marks.every((other) => apart(at, other, LABEL.x + MARK, LABEL.y + MARK)) &&
        taken.every((other) => apart(at, other, 2 * LABEL.x, 2 * LABEL.y)),
    );
    taken.push(free ?? tries[0] ?? mark);
  }
  return taken;
}

function apart(a: Place, b: Place, x: number, y: number): boolean {
  return Math.abs(a.x - b.x) >= x || Math.abs(a.y - b.y) >= y;
}
