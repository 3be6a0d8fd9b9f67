import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fillTemplate, parseTemplate, type Template } from "./template.ts";

function parsed(source: string): Template {
  const result = parseTemplate(source);
  if (!result.ok) throw new Error(result.mistake.message);
  return result.template;
}

function mistakeOf(source: string) {
  const result = parseTemplate(source);
  if (result.ok) throw new Error(`parsed: ${source}`);
  return result.mistake;
}

const fill = (source: string, values: Readonly<Record<string, string>>) =>
  fillTemplate(parsed(source), (name) => values[name] ?? `?${name}?`);

describe("parseTemplate", () => {
  it("finds names once, in order, with blanks around them", () => {
    expect(parsed("{{b}} and {{ a }} and {{b}}").names).toEqual(["b", "a"]);
    expect(parsed("{{订单号}} {{first name}} {{a.b}}").names).toEqual(["订单号", "first name", "a.b"]);
  });

  it("leaves single braces, JSON and a lone }} alone", () => {
    const source = '{"a":{"b":1}} } { } }}';
    expect(fill(source, {})).toBe(source);
  });

  it("takes braces after a backslash as text, and a doubled backslash as one", () => {
    expect(fill("\\{{x}}", { x: "1" })).toBe("{{x}}");
    expect(fill("\\\\{{x}}", { x: "1" })).toBe("\\1");
    expect(fill("\\\\\\{{x}}", { x: "1" })).toBe("\\{{x}}");
    expect(fill("C:\\dir\\n {{x}}", { x: "1" })).toBe("C:\\dir\\n 1");
  });

  it("tells where a mistake stands", () => {
    expect(mistakeOf("one\ntwo {{name")).toMatchObject({
      line: 2,
      column: 5,
      message: expect.stringMatching(/not closed/),
    });
    expect(mistakeOf("{{ }}")).toMatchObject({ line: 1, column: 1, message: "{{ }} names nothing" });
    expect(mistakeOf("{{{name}}}").message).toMatch(/third \{/);
    expect(mistakeOf("{{a\nb}}").message).toMatch(/not closed/);
    expect(mistakeOf("{{a}b}}").message).toMatch(/not a name/);
    expect(mistakeOf(`{{${"x".repeat(300)}}}`).message).toMatch(/not closed/);
  });
});

describe("fillTemplate", () => {
  it("inserts values as they are and never reads them again", () => {
    const value = "{{b}} $& $1 \\{{ }} \u0000";
    expect(fill("<{{a}}|{{b}}>", { a: value, b: "B" })).toBe(`<${value}|B>`);
  });

  it("gives back any text that was escaped", () => {
    const parts = fc.array(fc.constantFrom("{", "}", "\\", "a", "\n", "{{", "\\{{", "}}", "é"), { maxLength: 20 });
    const text = parts.map((all) => all.join(""));
    fc.assert(
      fc.property(fc.oneof(fc.string(), text), (any) => {
        expect(fill(escapeTemplate(any), {})).toBe(any);
      }),
      { numRuns: 2_000 },
    );
  });

  it("is pieces joined, for any texts and values between names", () => {
    const piece = fc
      .array(fc.constantFrom("}", "\\", "a", "{{", "é", " "), { maxLength: 6 })
      .map((all) => all.join(""));
    const value = fc.oneof(fc.string(), fc.constantFrom("{{x}}", "\\", "{{", "}}"));
    fc.assert(
      fc.property(fc.array(fc.tuple(piece, value), { maxLength: 6 }), piece, (pairs, last) => {
        const source = pairs.map(([text], index) => `${guard(text)}{{v${index}}}`).join("") + escapeTemplate(last);
        const values = Object.fromEntries(pairs.map(([, given], index) => [`v${index}`, given]));
        expect(fill(source, values)).toBe(pairs.map(([text, given]) => text + given).join("") + last);
      }),
    );
  });

  it("never throws while parsing", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("{", "}", "\\", "a", "\n"), { maxLength: 30 }), (all) => {
        const result = parseTemplate(all.join(""));
        expect(result.ok || result.mistake.column >= 1).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});

/** The template that renders to exactly this text, whatever stands in it. */
function escapeTemplate(text: string): string {
  return text.replace(/(\\*)\{\{/g, (_, slashes: string) => `${slashes}${slashes}\\{{`);
}

/** Escaped, with backslashes at the end doubled: a name follows. */
function guard(text: string): string {
  return escapeTemplate(text).replace(/\\+$/, (slashes) => slashes + slashes);
}
