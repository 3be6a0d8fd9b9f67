/** Carries out a misbehaviour on an open response. */
import type { ServerResponse } from "node:http";
import { brotliCompressSync, createGzip, deflateSync, gzipSync } from "node:zlib";
import type { Misbehaviour } from "./misbehaviour.ts";
import { answerBody, errorBody, type Protocol, type StubAnswer } from "./protocols.ts";
import { sendStream, streamText } from "./stream.ts";

const JSON_TYPE = { "content-type": "application/json" };

/** Sends `answer` as the provider should; `misbehaviour`, when given, instead of or upon it. */
export function respond(
  response: ServerResponse,
  given: {
    readonly protocol: Protocol;
    readonly answer: StubAnswer;
    readonly key: string;
    /** Errors tell the key back. */
    readonly tellKey: boolean;
    readonly streams: boolean;
  },
  misbehaviour: Misbehaviour | undefined,
): void {
  const { protocol, answer, streams } = given;
  const send = (whole: StubAnswer): void => {
    if (streams) sendStream(response, protocol, whole, undefined);
    else sendJson(response, 200, answerBody(protocol, whole));
  };
  if (misbehaviour === undefined) {
    send(answer);
    return;
  }
  const right = (): Buffer =>
    Buffer.from(streams ? streamText(protocol, answer) : JSON.stringify(answerBody(protocol, answer)));
  const type = streams ? "text/event-stream" : "application/json";
  switch (misbehaviour.kind) {
    case "error": {
      const { error, headers, againInMs, echoKey } = misbehaviour;
      const message = echoKey || given.tellKey ? `${error.message}: ${given.key}` : error.message;
      // Such a time has no fractions of a second.
      const again = againInMs === undefined ? {} : { "retry-after": nextSecond(againInMs).toUTCString() };
      sendJson(response, error.status, errorBody(protocol, { ...error, message }), { ...headers, ...again });
      return;
    }
    case "error-body":
      sendJson(response, 200, errorBody(protocol, misbehaviour.error));
      return;
    case "body":
      response.writeHead(misbehaviour.status ?? 200, { "content-type": misbehaviour.type });
      response.end(misbehaviour.text);
      return;
    case "answer": {
      const { kind: _, usage, ...changes } = misbehaviour;
      const { usage: counted, ...rest } = { ...answer, ...changes };
      const said = usage === "missing" ? undefined : (usage ?? counted);
      send({ ...rest, ...(said && { usage: said }) });
      return;
    }
    case "encoded": {
      const compress = { gzip: gzipSync, deflate: deflateSync, br: brotliCompressSync }[misbehaviour.encoding];
      response.writeHead(200, { "content-type": type, "content-encoding": misbehaviour.encoding });
      response.end(compress(right()));
      return;
    }
    case "huge":
      sendHuge(response, misbehaviour.bytes, misbehaviour.encoding);
      return;
    case "bad-utf8": {
      const marked = { ...answer, text: "MARK" };
      const whole = streams ? streamText(protocol, marked) : JSON.stringify(answerBody(protocol, marked));
      const [before = "", after = ""] = whole.split("MARK");
      response.writeHead(200, { "content-type": type });
      response.end(Buffer.concat([Buffer.from(before), Buffer.from([0xff, 0xfe, 0xc3, 0x28]), Buffer.from(after)]));
      return;
    }
    case "drop":
      sendPart(response, misbehaviour.where, right(), type, () => {
        if (misbehaviour.how === "rst") response.socket?.resetAndDestroy();
        else response.socket?.destroy();
      });
      return;
    case "hang":
      sendPart(response, misbehaviour.where, right(), type, () => undefined);
      return;
    case "drip":
      drip(response, right(), type, misbehaviour.everyMs);
      return;
    case "stream":
      if (streams) sendStream(response, protocol, answer, misbehaviour.how);
      else send(answer);
      return;
    case "redirect":
      response.writeHead(misbehaviour.status ?? 307, { location: misbehaviour.to });
      response.end();
      return;
  }
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  const text = JSON.stringify(body);
  response.writeHead(status, { ...JSON_TYPE, "content-length": Buffer.byteLength(text), ...headers });
  response.end(text);
}

function nextSecond(inMs: number): Date {
  return new Date(Math.ceil((Date.now() + inMs) / 1_000) * 1_000);
}

function sendPart(
  response: ServerResponse,
  where: "headers" | "body",
  whole: Buffer,
  type: string,
  then: () => void,
): void {
  if (where === "headers") {
    then();
    return;
  }
  response.writeHead(200, { "content-type": type, "content-length": whole.length });
  response.write(whole.subarray(0, Math.min(60, whole.length - 1)), () => setTimeout(then, 10));
}

function drip(response: ServerResponse, whole: Buffer, type: string, everyMs: number): void {
  response.writeHead(200, { "content-type": type, "content-length": whole.length });
  let sent = 0;
  const timer = setInterval(() => {
    response.write(whole.subarray(sent, sent + 1));
    sent += 1;
    if (sent === whole.length) response.end();
  }, everyMs);
  response.on("close", () => clearInterval(timer));
}

/** Written in pieces, so that neither side of a test holds the whole. */
function sendHuge(response: ServerResponse, bytes: number, encoding: "gzip" | undefined): void {
  response.writeHead(200, { ...JSON_TYPE, ...(encoding && { "content-encoding": encoding }) });
  const out = encoding === "gzip" ? createGzip() : response;
  if (out !== response) out.pipe(response);
  const piece = Buffer.alloc(64 * 1024, "a");
  let left = Math.ceil(bytes / piece.length);
  const pump = (): void => {
    while (left > 0) {
      if (response.destroyed) return;
      left -= 1;
      if (!out.write(piece)) {
        out.once("drain", pump);
        return;
      }
    }
    out.end('"}');
  };
  out.on("error", () => undefined);
  out.write('{"id":"');
  pump();
}
