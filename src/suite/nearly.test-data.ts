/** Values that are nearly right: what a schema has to tell from right ones. */
import fc from "fast-check";

/** What may stand where something else belongs; not all of it is JSON, as suites are not. */
const anything = fc.oneof(
  fc.constantFrom<unknown>(
    undefined,
    null,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    -0,
    0,
    1,
    1.5,
    "",
    " a",
    "a\nb",
    "2026-01-01",
  ),
  fc.constantFrom<unknown>(
    [],
    {},
    [[]],
    ["a", "a"],
    [undefined],
    { name: "x" },
    new Array(2),
    () => 1,
    true,
    "none",
    "file",
  ),
  fc.jsonValue({ maxDepth: 2 }),
  fc.double(),
  fc.string({ unit: "binary", maxLength: 3 }),
);

/** `base` with up to three of its places, at any depth, replaced, taken out or added to. */
export function nearly(base: unknown): fc.Arbitrary<unknown> {
  const change = fc.record({
    steps: fc.array(fc.nat(), { minLength: 1, maxLength: 9 }),
    how: fc.constantFrom("replace", "take out", "add", "twice"),
    value: anything,
    key: fc.oneof(fc.constantFrom("name", "kind", "type", "extra"), fc.string()),
  });
  return fc.array(change, { maxLength: 3 }).map((changes) => {
    const whole = structuredClone({ base });
    for (const { steps, how, value, key } of changes) {
      let holder: Record<string, unknown> = whole;
      let name = "base";
      for (const step of steps) {
        const next = holder[name];
        if (typeof next !== "object" || next === null || Object.keys(next).length === 0) break;
        const names = Object.keys(next);
        holder = next as Record<string, unknown>;
        name = names[step % names.length] ?? "";
      }
      const there = holder[name];
      if (how === "replace") holder[name] = value;
      else if (how === "take out") Array.isArray(holder) ? holder.splice(Number(name), 1) : delete holder[name];
      else if (Array.isArray(there)) there.push(how === "twice" ? there[0] : value);
      else if (typeof there === "object" && there !== null) Object.assign(there, { [key]: value });
    }
    return whole.base;
  });
}
