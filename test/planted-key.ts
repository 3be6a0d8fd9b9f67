/**
 * A key that every command of the end-to-end tests has in its environment and that their stub tells back wherever a provider can: nothing that
 * a test leaves behind may hold it, nor a part of it, in any form in which keys leak.
 */
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";

/** Letters that survive every escaping, then characters that JSON, addresses, Base64 and HTML each write in their own way. */
const CORE = "Zq7Kx9Qw3Vb5Nm8Rt2Lp4Hs6Yd1";
export const PLANTED_KEY = `${CORE}"\\/+=%&~-6789`;

/** Half of the letters: a key that was cut is a leak too. */
const PART = 12;

interface Needle {
  readonly form: string;
  readonly bytes: Buffer;
}

const needles: readonly Needle[] = [
  ...[0, CORE.length - PART].map((from) => ({
    form: "as it stands",
    bytes: Buffer.from(CORE.slice(from, from + PART)),
  })),
  { form: "as a JSON text", bytes: Buffer.from(JSON.stringify(PLANTED_KEY).slice(1, -1)) },
  { form: "as a part of an address", bytes: Buffer.from(encodeURIComponent(PLANTED_KEY)) },
  ...[0, 1, 2].map((shift) => ({ form: "in Base64", bytes: inBase64(shift) })),
  { form: "in hexadecimal", bytes: Buffer.from(Buffer.from(CORE).toString("hex")) },
  { form: "in UTF-16", bytes: Buffer.from(CORE, "utf16le") },
];

/** What Base64 makes of the letters with so many bytes (0 to 2) before them, whatever those are and whatever follows. */
function inBase64(shift: number): Buffer {
  const whole = Buffer.from("?".repeat(shift) + CORE).toString("base64");
  const first = [0, 2, 3][shift] ?? 0;
  return Buffer.from(whole.slice(first, Math.floor((shift + CORE.length) / 3) * 4));
}

/** Throws when the bytes hold the key, naming where: `report.html holds the planted key at byte 120, in Base64`. */
export function refuseKey(where: string, bytes: Buffer): void {
  for (const { form, bytes: needle } of needles) {
    const at = bytes.indexOf(needle);
    if (at >= 0) throw new Error(`${where} holds the planted key at byte ${at}, ${form}`);
  }
}

/** As `refuseKey`, for every file in a folder and below, and for their names; not for what is installed there, where this file is one. */
export function refuseKeyIn(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    if (/[\\/]node_modules(?:[\\/]|$)/.test(entry.parentPath)) continue;
    const file = join(entry.parentPath, entry.name);
    refuseKey(`the name of ${relative(folder, file)}`, Buffer.from(entry.name));
    if (entry.isFile()) refuseKey(relative(folder, file), readFileSync(file));
  }
}
