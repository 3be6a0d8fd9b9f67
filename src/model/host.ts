/** Which hosts a suite may name: loopback freely, others by https, link-local and metadata addresses never. */
import { isIP } from "node:net";

/** Names that clouds give their metadata services. */
const FORBIDDEN_NAMES = new Set(["metadata.google.internal", "metadata.goog", "instance-data"]);

/** `host` as a URL has it: IPv6 addresses may stand in brackets. */
export function isLoopback(host: string): boolean {
  const name = bare(host);
  return name === "localhost" || name === "::1" || (isIP(name) === 4 && name.startsWith("127."));
}

/** Link-local addresses (169.254/16, fe80::/10) and the metadata services of clouds. */
export function isForbiddenHost(host: string): boolean {
  const name = bare(host);
  return FORBIDDEN_NAMES.has(name.replace(/\.$/, "")) || isForbiddenAddress(name);
}

/** As `isForbiddenHost`, for an address that a name resolved to. */
export function isForbiddenAddress(address: string): boolean {
  const text = address.toLowerCase();
  const inner = /^::ffff:(.+)$/.exec(text)?.[1];
  if (inner !== undefined) return isForbiddenAddress(dotted(inner));
  if (isIP(text) === 4) return text.startsWith("169.254.") || text === "100.100.100.200";
  return isIP(text) === 6 && (/^fe[89ab][0-9a-f]:/.test(text) || text === "fd00:ec2::254");
}

function bare(host: string): string {
  return host.toLowerCase().replace(/^\[|\]$/g, "");
}

/** `a9fe:a9fe` as `169.254.169.254`; a dotted address as it stands. */
function dotted(text: string): string {
  const groups = /^([0-9a-f]{1,4}):([0-9a-f]{1,4})$/.exec(text);
  if (!groups) return text;
  const [high, low] = [Number.parseInt(groups[1] ?? "0", 16), Number.parseInt(groups[2] ?? "0", 16)];
  return [high >> 8, high & 255, low >> 8, low & 255].join(".");
}
