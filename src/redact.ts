/** One redactor before every sink: ledger, logs, reports, errors. What it hides, it hides everywhere. */

/** Shapes of keys that providers hand out, whatever variable they came from. */
const KEY_SHAPES: readonly RegExp[] = [
  /\bsk-[A-Za-z0-9_*-]{8,}/g,
  /\bBearer\s+[A-Za-z0-9._~+/=-]{8,}/gi,
  /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g,
  /\bgh[pousr]_[A-Za-z0-9]{20,}/g,
  /\bgithub_pat_[A-Za-z0-9_]{20,}/g,
  /\bAIza[A-Za-z0-9_-]{30,}/g,
];

/** What every shape begins with: one quick look spares most texts the six. */
const HINT = /sk-|bearer\s|AKIA|ASIA|gh[pousr]_|github_pat_|AIza/i;

/** Names of variables whose values are secrets. */
const SECRET_NAME = /(?:KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL)S?$/i;

/** Shorter values would hide ordinary words. */
const SHORTEST_SECRET = 8;

type Env = Readonly<Record<string, string | undefined>>;

/** Replaces every secret it knows in a text by a mark that tells the last four characters at most. */
export type Redact = (text: string) => string;

/**
 * A redactor for the values of the environment's secrets, in the forms in which they leak (as they stand, JSON-escaped, URL-encoded,
 * base64), and for anything shaped like a key. A value of fewer than eight characters is not searched for.
 */
export function createRedactor(env: Env): Redact {
  const hideSecrets = createSecretRedactor(env);
  return (text) => {
    let safe = hideSecrets(text);
    if (HINT.test(safe)) for (const shape of KEY_SHAPES) safe = safe.replace(shape, (hit) => `[key…${hit.slice(-4)}]`);
    return safe;
  };
}

/**
 * As `createRedactor`, for the environment's secrets alone: names by which things are found again must not change because they begin like a
 * key, as the id `sk-SK-000123` of a Slovak case does.
 */
export function createSecretRedactor(env: Env): Redact {
  const literals = new Map<string, string>();
  for (const [name, value] of Object.entries(env)) {
    if (value === undefined || value.length < SHORTEST_SECRET || !SECRET_NAME.test(name)) continue;
    const mark = `[${name}…${value.slice(-4)}]`;
    for (const form of formsOf(value)) literals.set(form, mark);
  }
  // Longest first, so that a secret inside of another does not leave its rest behind.
  const ordered = [...literals].sort(([a], [b]) => b.length - a.length);
  return (text) => {
    let safe = text;
    for (const [secret, mark] of ordered) if (safe.includes(secret)) safe = safe.replaceAll(secret, () => mark);
    return safe;
  };
}

function formsOf(value: string): Set<string> {
  const address = encodeURIComponent(value.toWellFormed());
  const base64 = [0, 1, 2].flatMap((before) => base64Of(value, before));
  return new Set([
    value,
    JSON.stringify(value).slice(1, -1),
    address,
    address.replaceAll(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase()),
    ...base64,
    ...base64.map((text) => text.replaceAll("+", "-").replaceAll("/", "_")),
  ]);
}

/**
 * What Base64 makes of a value that stands so many bytes (0 to 2) behind a group of three, as `user:key` and whole requests have it: the part
 * that depends on the value alone, and where the value stands alone all of it.
 */
function base64Of(value: string, before: number): readonly string[] {
  const bytes = Buffer.from("?".repeat(before) + value);
  const whole = bytes.toString("base64");
  const own = whole.slice([0, 2, 3][before], Math.floor(bytes.length / 3) * 4);
  return before === 0 ? [whole, whole.replace(/=+$/, ""), own] : [own];
}
