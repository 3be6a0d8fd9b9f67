/** A file name made from a text that somebody chose: never a path, never the same for two texts, also where files ignore case. */
import { hash } from "node:crypto";

/** As it stands on every system; others get a part of their hash. */
const PLAIN = /^[a-z0-9][a-z0-9_-]{0,39}$/;
/** Devices of Windows, which no file can be named for. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)$/;
const LONGEST = 40;
const HEX_DIGITS = 16;

/** The text where it is plain (up to 40 lower-case letters, digits, `-` and `_`), else what of it is, with 16 digits of its SHA-256. */
export function fileNameOf(text: string): string {
  if (PLAIN.test(text) && !DEVICE.test(text)) return text;
  const slug = text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+/, "")
    .slice(0, LONGEST)
    .replace(/-+$/, "");
  return `${slug}${slug === "" ? "" : "-"}${hash("sha256", text.toWellFormed(), "hex").slice(0, HEX_DIGITS)}`;
}
