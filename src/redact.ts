/** One redactor before every sink: ledger, logs, reports, errors. What it hides, it hides everywhere. */
import { isMixed, keysKnown, knownKeys } from "./known-keys.ts";

/** Shapes of keys that providers hand out, whatever variable they came from. Where `token` is told, that part must look like one. */
const KEY_SHAPES: readonly RegExp[] = [
  /\bsk-(?<token>[A-Za-z0-9_*-]{20,})/g,
  /\bBearer\s+(?<token>[A-Za-z0-9._~+/=-]{20,})/gi,
  /\b(?:AKIA|ASIA)(?=[A-Z]*\d)[A-Z0-9]{16}\b/g,
  /\bgh[pousr]_(?<token>[A-Za-z0-9]{20,})/g,
  /\bgithub_pat_(?<token>[A-Za-z0-9_]{20,})/g,
  /\bAIza(?<token>[A-Za-z0-9_-]{30,})/g,
];

/** What every shape begins with: one quick look spares most texts the six. */
const HINT = /sk-|bearer\s|AKIA|ASIA|gh[pousr]_|github_pat_|AIza/i;

/** Letters and digits in one run, changing at least twice: no word or name of a version does. */
const RUN = /[A-Za-z0-9]{16,}/g;
const CHANGES = /[A-Za-z](?=\d)|\d(?=[A-Za-z])/g;

/** Names of variables whose values may be secrets. */
const SECRET_NAME = /(?:KEY|TOKEN|SECRET|PASSWORD|PASSWD|CREDENTIAL)S?$/i;

/** Without a blank. */
const PIECE = /\S{12,}/g;

type Env = Readonly<Record<string, string | undefined>>;

/** Replaces every secret it knows in a text by a mark that tells the last four characters at most. */
export type Redact = (text: string) => string;

/**
 * For what is shown and never graded: hides what `createSecretRedactor` hides, and anything shaped like a key. What begins like a key hides nothing: a
 * token has a run of 16 or more letters and digits that are mixed.
 */
export function createRedactor(env: Env): Redact {
  const hideSecrets = createSecretRedactor(env);
  return (text) => {
    const safe = hideSecrets(text);
    return HINT.test(safe) ? hideShapes(safe) : safe;
  };
}

function hideShapes(text: string): string {
  let safe = text;
  for (const shape of KEY_SHAPES) {
    safe = safe.replace(shape, (hit: string, ...rest: unknown[]) => {
      const groups = rest.at(-1);
      const token = typeof groups === "object" ? (groups as { readonly token?: string } | null)?.token : undefined;
      return token === undefined || looksDrawn(token) ? `[key…${hit.slice(-4)}]` : hit;
    });
  }
  return safe;
}

function looksDrawn(token: string): boolean {
  return token.match(RUN)?.some((run) => (run.match(CHANGES)?.length ?? 0) >= 2) === true;
}

/**
 * Hides exact values alone, for answers that are graded and names by which things are found again: keys that models of this process read
 * (`known-keys.ts`), and values of the environment's variables with the name of a secret that look like one: 12 or more characters without a blank, letters
 * and digits both, so that no word is one. Each in the forms in which secrets leak: as they stand, JSON-escaped, URL-encoded, Base64.
 */
export function createSecretRedactor(env: Env): Redact {
  let ordered: readonly (readonly [form: string, mark: string])[] = [];
  let known = -1;
  return (text) => {
    if (known !== keysKnown()) {
      known = keysKnown();
      ordered = literalsOf(env);
    }
    let safe = text;
    for (const [secret, mark] of ordered) if (safe.includes(secret)) safe = safe.replaceAll(secret, () => mark);
    return safe;
  };
}

function literalsOf(env: Env): readonly (readonly [form: string, mark: string])[] {
  const literals = new Map<string, string>();
  const add = (name: string, value: string): void => {
    const mark = `[${name}…${value.length < LONG_ENOUGH_TO_TELL ? "" : value.slice(-4)}]`;
    for (const form of formsOf(value)) literals.set(form, mark);
  };
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && SECRET_NAME.test(name) && value.match(PIECE)?.some(isMixed)) add(name, value);
  }
  for (const [name, value] of knownKeys()) add(name, value);
  // Longest first, so that a secret inside of another does not leave its rest behind.
  return [...literals].sort(([a], [b]) => b.length - a.length);
}

/** Of a shorter one, four characters would tell half. */
const LONG_ENOUGH_TO_TELL = 12;

/** A mark as redactors write them, with the name of the variable; `key` for what was known by its shape. */
export const KEY_MARK = /\[([A-Za-z_]\w*)…[^\]\n]{0,4}\]/;

/** An encoded form with fewer characters may be a word. */
const SHORTEST_FORM = 8;

function formsOf(value: string): Set<string> {
  const address = encodeURIComponent(value.toWellFormed());
  const base64 = [0, 1, 2].flatMap((before) => base64Of(value, before));
  return new Set([
    value,
    JSON.stringify(value).slice(1, -1),
    address,
    address.replaceAll(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase()),
    ...[...base64, ...base64.map((text) => text.replaceAll("+", "-").replaceAll("/", "_"))].filter(
      ({ length }) => length >= SHORTEST_FORM,
    ),
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
