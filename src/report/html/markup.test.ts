import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeHtml, html } from "./markup.ts";
import { HOSTILE } from "./pages.test-data.ts";

describe("html", () => {
  it("escapes what is put in unless it is markup, in text and in attributes", () => {
    const inner = html`<b>${"<&>"}</b>`;
    expect(html`<p title="${`"'`}">${inner}${[inner]}${3}</p>`.markup).toBe(
      '<p title="&quot;&#39;"><b>&lt;&amp;&gt;</b><b>&lt;&amp;&gt;</b>3</p>',
    );
  });

  it.each(HOSTILE)("lets no sign of markup through: %j", (text) => {
    expect(escapeHtml(text)).not.toMatch(/[<>"'\u2028\u202e]|\p{Cc}|\p{Cs}/u);
  });

  it("lets none through, whatever the text (property)", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(escapeHtml(text)).not.toMatch(/[<>"'\p{Cc}]/u);
        expect(escapeHtml(text).replace(/&(amp|lt|gt|quot|#39);/g, "")).not.toContain("&");
      }),
    );
  });
});
