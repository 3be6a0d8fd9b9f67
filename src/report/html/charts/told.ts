/** What a screen reader says of a drawing: its name, which a pointer shows too, and the figures in it. */
import { html, type Markup, NOTHING } from "../markup.ts";

export interface Told {
  readonly title: string;
  /** Every figure that is drawn, with its unit; empty where a table beside the drawing has them. */
  readonly desc: string;
}

/** Belongs first in an `svg` of the role `img`. */
export function told({ title, desc }: Told): Markup {
  return html`<title>${title}</title>${desc === "" ? NOTHING : html`<desc>${desc}</desc>`}`;
}
