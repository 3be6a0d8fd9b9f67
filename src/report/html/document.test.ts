import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { embeddedJson, pageText } from "./document.ts";
import { html } from "./markup.ts";
import { HOSTILE } from "./pages.test-data.ts";

const page = (data: unknown) =>
  pageText({ lang: "en", title: "t", style: "p{color:red}", body: html`<p>x</p>`, script: "let a;", data });

describe("the document", () => {
  it("says its policy before anything that could run, by the hashes of its one style and one script", () => {
    const text = page({});
    const [, policy = ""] = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(text) ?? [];
    const hash = (source: string) => `'sha256-${createHash("sha256").update(source).digest("base64")}'`;
    expect(policy).toBe(
      `default-src 'none'; script-src ${hash("let a;")}; style-src ${hash("p{color:red}")}; img-src data:; base-uri 'none'; form-action 'none'`,
    );
    expect(text.indexOf("Content-Security-Policy")).toBeLessThan(text.indexOf("<style>"));
    expect(text.match(/<script/g)).toHaveLength(2);
  });

  it("holds hostile texts as data, and gives them back", () => {
    const text = page(HOSTILE);
    const [, data = ""] = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(text) ?? [];
    expect(JSON.parse(data)).toEqual(HOSTILE);
    expect(text.match(/<\/script>/g)).toHaveLength(2);
  });

  it("has no < in its data, whatever that is (property)", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" })), (texts) => {
        const embedded = [...embeddedJson(texts)].join("");
        expect(embedded).not.toContain("<");
        expect(JSON.parse(embedded)).toEqual(texts);
      }),
    );
  });
});
