/** The body of an answer, from bytes to text: decompressed within a limit, and UTF-8 or refused. */
import { isUtf8 } from "node:buffer";
import { promisify } from "node:util";
import { brotliDecompress, gunzip, inflate, inflateRaw } from "node:zlib";
import { type Fault, WireError } from "./fault.ts";

/** Largest body that is read, bytes, also after decompression. */
export const MAX_BODY_BYTES = 8 * 1024 * 1024;

const decoders = {
  gzip: promisify(gunzip),
  "x-gzip": promisify(gunzip),
  br: promisify(brotliDecompress),
} as const;

/** What stands before some servers' JSON although it should not. */
const BYTE_ORDER_MARK = "\uFEFF";

/**
 * The text of a body. `bytes` are within the limit already; what they unpack to is held to it here, and unpacking stops there.
 * Throws `WireError`: `too-large`, `cut` (a compressed stream that ends early), `bad-encoding`, `not-an-answer` (unknown encoding).
 */
export async function readText(bytes: Buffer, encoding: string | undefined, limit = MAX_BODY_BYTES): Promise<string> {
  return toText(await decompress(bytes, encoding, limit));
}

/** As `readText`, for the common case of a body that is not compressed; without a promise. */
export function toText(bytes: Buffer): string {
  if (!isUtf8(bytes)) throw wireError("bad-encoding", "the answer is not UTF-8");
  const text = bytes.toString("utf8");
  return text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text;
}

/** Whether a content-encoding leaves the bytes as they are. */
export function isIdentity(encoding: string | undefined): boolean {
  return encoding === undefined || encoding === "" || encoding.toLowerCase() === "identity";
}

async function decompress(bytes: Buffer, encoding: string | undefined, limit: number): Promise<Buffer> {
  if (encoding === undefined || isIdentity(encoding)) return bytes;
  const name = encoding.trim().toLowerCase();
  const options = { maxOutputLength: limit };
  try {
    if (name === "deflate") return await (isZlib(bytes) ? unpackZlib : unpackRaw)(bytes, options);
    if (name === "gzip" || name === "x-gzip" || name === "br") return await decoders[name](bytes, options);
  } catch (thrown) {
    throw wireError(...decodeFault(thrown, name, limit));
  }
  throw wireError("not-an-answer", `unknown content-encoding ${JSON.stringify(name.slice(0, 40))}`);
}

const unpackZlib = promisify(inflate);
const unpackRaw = promisify(inflateRaw);

/** `deflate` means a zlib stream (RFC 9110, 8.4.1.2), but some servers send it without the zlib header. */
function isZlib(bytes: Buffer): boolean {
  return bytes.length >= 2 && ((bytes[0] ?? 0) & 0x0f) === 8 && bytes.readUInt16BE(0) % 31 === 0;
}

function decodeFault(thrown: unknown, name: string, limit: number): [Fault["kind"], string] {
  const code = thrown instanceof Error && "code" in thrown ? thrown.code : undefined;
  if (code === "ERR_BUFFER_TOO_LARGE")
    return ["too-large", `answer over ${limit / 1024 / 1024} MB after decompression`];
  if (code === "Z_BUF_ERROR") return ["cut", `the ${name} stream ends early`];
  return ["bad-encoding", `the answer is not valid ${name}`];
}

function wireError(kind: Fault["kind"], detail: string): WireError {
  return new WireError({ kind, detail });
}
