/** Where a model's calls go and which key goes along. A suite may come out of a pull request: no key follows it to a host of its choice. */
import { ConfigError } from "../errors.ts";
import { rememberKey } from "../known-keys.ts";
import { isForbiddenHost, isLoopback } from "./host.ts";

/** A vendor's own service, and the variables with which users point elsewhere. */
export interface Vendor {
  readonly name: "openai" | "anthropic";
  readonly baseUrl: string;
  readonly baseEnv: string;
  readonly keyEnv: string;
}

export const OPENAI: Vendor = {
  name: "openai",
  baseUrl: "https://api.openai.com/v1",
  baseEnv: "OPENAI_BASE_URL",
  keyEnv: "OPENAI_API_KEY",
};

export const ANTHROPIC: Vendor = {
  name: "anthropic",
  baseUrl: "https://api.anthropic.com",
  baseEnv: "ANTHROPIC_BASE_URL",
  keyEnv: "ANTHROPIC_API_KEY",
};

/** Keys that belong to a vendor, whatever a suite says. */
const BOUND_KEYS = new Map<string, Vendor>([
  ["OPENAI_API_KEY", OPENAI],
  ["OPENAI_ADMIN_KEY", OPENAI],
  ["ANTHROPIC_API_KEY", ANTHROPIC],
  ["ANTHROPIC_AUTH_TOKEN", ANTHROPIC],
]);

export interface Endpoint {
  /** Without a slash at its end. */
  readonly baseUrl: URL;
  /** Host, with the port where it is not the usual one. */
  readonly host: string;
  /** Who serves it, where the host tells: prices are known for these only. */
  readonly servedBy: "openai" | "anthropic" | "google" | undefined;
  /** Absent: no key is sent. */
  readonly keyEnv: string | undefined;
  /** Whether the vendor, or the user through the environment, stands behind the host; a suite alone does not. */
  readonly trusted: boolean;
}

type Env = Readonly<Record<string, string | undefined>>;

/**
 * The endpoint for a base URL and a key variable as a suite names them, either of which may be absent. Throws `ConfigError`
 * (`base-url-…`, `key-…`) for an address that must not be called and for a key that must not go there.
 */
export function resolveEndpoint(
  vendor: Vendor,
  given: { readonly baseUrl?: string | undefined; readonly keyEnv?: string | undefined },
  env: Env,
): Endpoint {
  const fromUser = given.baseUrl === undefined ? nonEmpty(env[vendor.baseEnv]) : undefined;
  const named = given.baseUrl ?? fromUser;
  const source = given.baseUrl !== undefined ? "baseUrl" : fromUser !== undefined ? vendor.baseEnv : "baseUrl";
  const baseUrl = parseBaseUrl(named ?? vendor.baseUrl, source);
  const trusted = named === undefined || stands(vendor, baseUrl, env);
  const keyEnv = chooseKey(vendor, baseUrl, given.keyEnv, trusted, env);
  if (keyEnv !== undefined) rememberKey(keyEnv, env[keyEnv]);
  return {
    baseUrl,
    host: baseUrl.host,
    servedBy: servedBy(baseUrl.hostname),
    trusted,
    keyEnv,
  };
}

function parseBaseUrl(text: string, source: string): URL {
  const bad = (code: string, what: string, fix: string): ConfigError =>
    new ConfigError(code, `${source}: ${what}`, { place: { path: source }, fix });
  // `localhost:8000` would be read as an address of the scheme "localhost".
  const whole = text.includes("://") ? text : `http://${text}`;
  if (!URL.canParse(whole)) {
    throw bad("base-url-invalid", "not an address", "Write the whole address, such as https://host.example/v1.");
  }
  const url = new URL(whole);
  if (url.username !== "" || url.password !== "" || url.search !== "" || url.hash !== "") {
    const fix = "Name the variable that holds the key with keyEnv, and parameters with extra.";
    throw bad("base-url-invalid", "an address with a user, a password, a query or a fragment", fix);
  }
  if (isForbiddenHost(url.hostname)) {
    const fix = "Name the host of a model server.";
    throw bad("base-url-forbidden", `${url.hostname} is a link-local or metadata address`, fix);
  }
  if (whole !== text) {
    const scheme = isLoopback(url.hostname) ? "http" : "https";
    throw bad("base-url-invalid", `"${text}" lacks ${scheme}://`, `Write ${scheme}://${text}.`);
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw bad(
      "base-url-invalid",
      `models do not answer at ${url.protocol}//`,
      "Write https://, or http:// on 127.0.0.1.",
    );
  }
  if (url.protocol === "http:" && !isLoopback(url.hostname)) {
    const port = url.port === "" ? "80" : url.port;
    const fix = `Use https, or a tunnel: ssh -N -L 8000:127.0.0.1:${port} ${url.hostname}, and http://127.0.0.1:8000 here.`;
    throw bad("base-url-insecure", `http:// to ${url.hostname} would send prompts and keys readable by others`, fix);
  }
  url.pathname = url.pathname.replace(/\/+$/, "");
  return url;
}

/** A vendor's host, or one that the user's own environment names for this vendor. */
function stands(vendor: Vendor, url: URL, env: Env): boolean {
  if (isHostOf(vendor, url.hostname)) return true;
  const users = nonEmpty(env[vendor.baseEnv]);
  return users !== undefined && URL.canParse(users) && new URL(users).origin === url.origin;
}

function isHostOf(vendor: Vendor, hostname: string): boolean {
  const own = new URL(vendor.baseUrl).hostname;
  return hostname === own || hostname.endsWith(`.${own}`);
}

function chooseKey(
  vendor: Vendor,
  url: URL,
  named: string | undefined,
  trusted: boolean,
  env: Env,
): string | undefined {
  if (named !== undefined) {
    checkKeyName(named);
    const owner = BOUND_KEYS.get(named);
    if (owner !== undefined && !stands(owner, url, env)) {
      throw new ConfigError(
        "key-bound",
        `keyEnv: ${named} is only sent to ${new URL(owner.baseUrl).host}, not to ${url.host}, which the suite names: whoever edits a suite could collect the key there`,
        {
          place: { path: "keyEnv" },
          fix: `Put the key for ${url.host} in a variable of its own and name that one, or set ${owner.baseEnv} in your environment.`,
        },
      );
    }
    return named;
  }
  if (isLoopback(url.hostname))
    return trusted && nonEmpty(env[vendor.keyEnv]) !== undefined ? vendor.keyEnv : undefined;
  if (trusted) return vendor.keyEnv;
  throw new ConfigError(
    "key-unnamed",
    `baseUrl: ${url.host} needs a key, and ${vendor.keyEnv} is only sent to ${new URL(vendor.baseUrl).host}: a suite could send it elsewhere`,
    {
      place: { path: "keyEnv" },
      fix: `Name the variable that holds the key for ${url.host}, such as keyEnv: "MY_SERVER_KEY", or set ${vendor.baseEnv} in your environment.`,
    },
  );
}

function checkKeyName(name: string): void {
  if (/^[A-Za-z_][A-Za-z0-9_]{0,99}$/.test(name)) return;
  // Without the text: it may be the key itself.
  throw new ConfigError("key-name", "keyEnv: not the name of a variable", {
    place: { path: "keyEnv" },
    fix: "Put the key in an environment variable and write that variable's name here, never the key.",
  });
}

function servedBy(hostname: string): Endpoint["servedBy"] {
  if (isHostOf(OPENAI, hostname)) return "openai";
  if (isHostOf(ANTHROPIC, hostname)) return "anthropic";
  return hostname === "generativelanguage.googleapis.com" ? "google" : undefined;
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === undefined || text.trim() === "" ? undefined : text.trim();
}
