/** A provider on loopback that tests and benchmarks talk to: right answers at a chosen pace, and every misbehaviour on demand. */
import { hash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { respond, sendJson } from "./misbehave.ts";
import { type Misbehaviour, type MisbehaviourName, misbehaviours } from "./misbehaviour.ts";
import { messagesOf, protocolOf, type StubRequest, type StubUsage } from "./protocols.ts";

export type Misbehave = Misbehaviour | MisbehaviourName;

export interface StubOptions {
  /** Default: `ok`. */
  readonly reply?: (request: StubRequest) => string;
  /** Wait before each answer, milliseconds; default 0. */
  readonly latencyMs?: number;
  readonly misbehave?: Misbehave | ((n: number, request: StubRequest) => Misbehave | undefined);
  /** Default: a quarter of the characters in and out, nothing cached. */
  readonly usage?: (request: StubRequest, text: string) => StubUsage;
  /** Default 0: a free port. */
  readonly port?: number;
  /** Tells the key back wherever a provider can: in request ids, in the answer's id and in every error. Default false. */
  readonly tellKey?: boolean;
  /** How many requests to keep for reading; default 10,000. Counts go on beyond. */
  readonly remember?: number;
}

export interface StubStats {
  readonly requests: number;
  /** Requests with different bodies. */
  readonly distinct: number;
  /** How often the most repeated body came. */
  readonly mostRepeated: number;
  readonly connections: number;
  readonly inFlight: number;
  readonly peakInFlight: number;
}

export interface Stub {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  readonly openaiBase: string;
  readonly anthropicBase: string;
  /** The first `remember` of them, in order. */
  readonly requests: readonly StubRequest[];
  readonly count: () => number;
  readonly stats: () => StubStats;
  /** Ends every connection and the server. */
  readonly close: () => Promise<void>;
}

/** Starts a stub provider. GET /stats and GET /requests tell other processes what it saw. */
export async function startStub(options: StubOptions = {}): Promise<Stub> {
  const {
    reply = () => "ok",
    latencyMs = 0,
    misbehave,
    usage = countUsage,
    remember = 10_000,
    tellKey = false,
  } = options;
  const requests: StubRequest[] = [];
  const bodies = new Map<string, number>();
  let count = 0;
  let connections = 0;
  let inFlight = 0;
  let peakInFlight = 0;

  const stats = (): StubStats => ({
    requests: count,
    distinct: bodies.size,
    mostRepeated: bodies.values().reduce((most, times) => Math.max(most, times), 0),
    connections,
    inFlight,
    peakInFlight,
  });

  const answer = (incoming: IncomingMessage, response: ServerResponse, raw: Buffer): void => {
    const path = incoming.url ?? "/";
    const protocol = protocolOf(path);
    const body = parseBody(raw);
    if (protocol === undefined || body === undefined) {
      sendJson(response, 404, { error: { message: `no such path: ${path}`, type: "not_found_error", code: null } });
      return;
    }
    count += 1;
    const key = hash("sha256", raw, "base64");
    bodies.set(key, (bodies.get(key) ?? 0) + 1);
    const request: StubRequest = {
      n: count,
      protocol,
      path,
      headers: incoming.headers,
      body,
      model: typeof body.model === "string" ? body.model : "",
      messages: messagesOf(protocol, body),
    };
    if (requests.length < remember) requests.push(request);
    const planned = typeof misbehave === "function" ? misbehave(count, request) : misbehave;
    const text = reply(request);
    const sentKey = keyOf(incoming);
    const mark = tellKey ? `_${sentKey}` : "";
    const whole = {
      id: `${count}${mark}`,
      model: request.model,
      text,
      finish: "stop" as const,
      usage: usage(request, text),
    };
    const send = (): void => {
      if (response.destroyed) return;
      response.setHeader(protocol === "messages" ? "request-id" : "x-request-id", `req_${request.n}${mark}`);
      respond(
        response,
        { protocol, answer: whole, key: sentKey, tellKey, streams: body.stream === true },
        typeof planned === "string" ? misbehaviours[planned] : planned,
      );
    };
    if (latencyMs > 0) setTimeout(send, latencyMs);
    else send();
  };

  const server = createServer((incoming, response) => {
    if (incoming.method === "GET") {
      if (incoming.url === "/stats") sendJson(response, 200, stats());
      else if (incoming.url === "/requests") sendJson(response, 200, requests);
      else sendJson(response, 404, { error: { message: "no such path" } });
      return;
    }
    inFlight += 1;
    peakInFlight = Math.max(peakInFlight, inFlight);
    response.on("close", () => {
      inFlight -= 1;
    });
    const chunks: Buffer[] = [];
    incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
    incoming.on("error", () => undefined);
    incoming.on("end", () =>
      answer(incoming, response, chunks.length === 1 ? (chunks[0] ?? EMPTY) : Buffer.concat(chunks)),
    );
  });
  server.keepAliveTimeout = 60_000;
  server.on("connection", () => {
    connections += 1;
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the stub got no port");
  const url = `http://127.0.0.1:${address.port}`;
  return {
    url,
    openaiBase: `${url}/v1`,
    anthropicBase: url,
    requests,
    count: () => count,
    stats,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const EMPTY = Buffer.alloc(0);

function parseBody(raw: Buffer): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(raw.toString());
    return typeof value === "object" && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

function keyOf(incoming: IncomingMessage): string {
  const key = incoming.headers["x-api-key"];
  return typeof key === "string" ? key : (incoming.headers.authorization ?? "").replace(/^Bearer /, "");
}

function countUsage(request: StubRequest, text: string): StubUsage {
  const characters = request.messages.reduce((sum, message) => sum + message.content.length, 0);
  return { input: Math.max(1, Math.ceil(characters / 4)), output: Math.max(1, Math.ceil(text.length / 4)) };
}
