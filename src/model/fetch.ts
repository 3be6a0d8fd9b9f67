/**
 * The `fetch` that both SDKs are given. It sends by our own wire and hands over answers that are whole: JSON by type, UTF-8, within
 * the limits; anything else rejects with the fault. The SDK gets only what it reads of a `Response`, because building real
 * `Response` and `Headers` objects costs 0.1 ms of CPU a call. HTTP(S)_PROXY is ignored.
 */
import { Exchange } from "./exchange.ts";
import { type Fault, WireError } from "./fault.ts";
import { readStream } from "./streamed.ts";
import { createWire, type WireLimits } from "./wire.ts";

/** What SDKs may send along; everything else they add (telemetry, headers out of the environment) stays here. */
const FORWARDED = [
  "accept",
  "content-type",
  "user-agent",
  "anthropic-version",
  "anthropic-beta",
  "openai-organization",
  "openai-project",
] as const;

export type Fetch = (input: string | URL | Request, init?: RequestInit) => Promise<Response>;

/** A fetch to one origin. Every request must carry its `Exchange` as `fetchOptions.client`; one to another origin is refused. */
export function createFetch(base: URL, limits?: WireLimits): Fetch {
  const wire = createWire(base, limits);
  return async (input, init) => {
    const exchange = exchangeOf(init);
    const url = new URL(input instanceof Request ? input.url : input);
    if (url.origin !== base.origin) throw refuse(exchange, { kind: "redirect", detail: `to ${url.host}` });
    if (typeof init?.body !== "string") throw new TypeError("the body of a request must be text");
    const headers: Record<string, string> = { "accept-encoding": "identity" };
    const given = init.headers instanceof Headers ? init.headers : new Headers(init.headers);
    for (const name of FORWARDED) {
      const value = given.get(name);
      if (value !== null) headers[name] = value;
    }
    if (exchange.stream !== undefined) headers.accept = "text/event-stream";
    const request = { path: `${url.pathname}${url.search}`, headers, body: init.body };
    try {
      await wire(exchange, request, init.signal ?? undefined);
    } catch (thrown) {
      if (!endedAfterAll(exchange)) throw thrown;
    }
    const fault = checkAnswer(exchange);
    if (fault !== undefined) throw refuse(exchange, fault);
    return sdkResponse(exchange, url.href);
  };
}

function exchangeOf(init: RequestInit | undefined): Exchange {
  const carried: unknown = init !== undefined && "client" in init ? init.client : undefined;
  if (!(carried instanceof Exchange)) throw new TypeError("this fetch is for calls that carry an exchange");
  return carried;
}

function refuse(exchange: Exchange, fault: Fault): WireError {
  exchange.fault = fault;
  return new WireError(fault);
}

/** Whether a stream had said all before its connection broke or fell silent; what it said before it broke is kept otherwise. */
function endedAfterAll(exchange: Exchange): boolean {
  if (exchange.stream === undefined || exchange.status !== 200 || typeOf(exchange) !== STREAM) return false;
  if (exchange.fault?.kind !== "cut" && exchange.fault?.kind !== "idle" && exchange.fault?.kind !== "stopped")
    return false;
  const text = Buffer.concat(exchange.received).toString("utf8");
  const read = readStream(text, exchange.stream);
  if (read.kind === "fault") {
    exchange.partial = read.text;
    return false;
  }
  exchange.fault = undefined;
  exchange.text = text;
  return true;
}

const STREAM = "text/event-stream";
const JSON_TYPE = "application/json";

/** A stream's body becomes the JSON that would have come without one. */
function gather(exchange: Exchange, stream: NonNullable<Exchange["stream"]>): Fault | undefined {
  const read = readStream(exchange.text ?? "", stream);
  if (read.kind === "whole") {
    exchange.text = JSON.stringify(read.body);
    return undefined;
  }
  exchange.partial = read.text;
  return read.fault;
}

function typeOf(exchange: Exchange): string {
  return (exchange.header("content-type") ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
}

/** A status of success must come with JSON, or with a stream where one was asked for; an error may come with anything. */
function checkAnswer(exchange: Exchange): Fault | undefined {
  if ((exchange.status ?? 0) >= 300) return undefined;
  const type = typeOf(exchange);
  if ((exchange.text ?? "").trim() === "") return { kind: "not-an-answer", detail: "empty body" };
  if (type === STREAM && exchange.stream !== undefined) return gather(exchange, exchange.stream);
  if (type === "application/json" || type.endsWith("+json")) return undefined;
  return { kind: "not-an-answer", detail: type === "" ? "no content type" : type.slice(0, 60) };
}

/** The part of a `Response` that the SDKs read when nothing is streamed; `test/e2e/models.test.ts` holds them to it. */
function sdkResponse(exchange: Exchange, url: string): Response {
  const text = exchange.text ?? "";
  const status = exchange.status ?? 0;
  const minimal = {
    ok: status >= 200 && status < 300,
    status,
    url,
    headers: sdkHeaders(exchange),
    body: null,
    text: async () => text,
    json: async (): Promise<unknown> => JSON.parse(text),
  };
  // The one place where less than a Response passes for one.
  return minimal as unknown as Response;
}

function sdkHeaders(exchange: Exchange): Pick<Headers, "get" | "has"> & { entries: () => Iterable<[string, string]> } {
  return {
    get: (name) => {
      const value = exchange.header(name.toLowerCase()) ?? null;
      // A gathered stream is JSON by now.
      return name.toLowerCase() === "content-type" && value !== null && exchange.stream !== undefined
        ? JSON_TYPE
        : value;
    },
    has: (name) => exchange.header(name.toLowerCase()) !== undefined,
    entries: () => Object.keys(exchange.headers).map((name): [string, string] => [name, exchange.header(name) ?? ""]),
  };
}
