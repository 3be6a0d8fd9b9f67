/** Freezes a JSON value to its bottom; what is frozen already is taken to be frozen below. */
export function deepFreeze(value: unknown): void {
  const rest: unknown[] = [value];
  for (let one = rest.pop(); one !== undefined; one = rest.pop()) {
    if (typeof one !== "object" || one === null || Object.isFrozen(one)) continue;
    Object.freeze(one);
    for (const inner of Object.values(one)) if (typeof inner === "object") rest.push(inner);
  }
}
