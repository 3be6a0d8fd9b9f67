/** A right answer as a stream of events, in each protocol's own, and the ways in which streams go wrong. */
import type { ServerResponse } from "node:http";
import type { StreamFault } from "./misbehaviour.ts";
import { answerBody, errorBody, type Protocol, type StubAnswer } from "./protocols.ts";

/** An event as it is written: name (chat has none) and data. */
interface Event {
  readonly name?: string;
  readonly data: string;
}

/** The whole stream as text. */
export function streamText(protocol: Protocol, answer: StubAnswer): string {
  return eventsOf(protocol, answer).map(written).join("");
}

/** Sends the stream, as it should be or with a fault. */
export function sendStream(
  response: ServerResponse,
  protocol: Protocol,
  answer: StubAnswer,
  fault: StreamFault | undefined,
): void {
  response.writeHead(200, { "content-type": "text/event-stream; charset=utf-8" });
  const events = eventsOf(protocol, answer);
  const whole = events.map(written).join("");
  const begin = events.slice(0, BEGIN).map(written).join("");
  switch (fault) {
    case undefined:
      response.end(whole);
      return;
    case "cut":
      response.end(begin);
      return;
    case "reset":
      response.write(begin, () => setTimeout(() => response.socket?.resetAndDestroy(), 10));
      return;
    case "hang":
      response.write(begin);
      return;
    case "error":
      response.end(begin + written(errorEvent(protocol, { code: "server_is_overloaded", type: "overloaded_error" })));
      return;
    case "quota":
      response.end(begin + written(errorEvent(protocol, { code: "insufficient_quota", type: "billing_error" })));
      return;
    case "bad-json":
      response.end(`${begin}data: {"choices": [\n\n${whole.slice(begin.length)}`);
      return;
    case "split":
      sendBytes(response, Buffer.from(whole));
      return;
    case "crlf":
      response.end(whole.replaceAll("\n", "\r\n"));
      return;
    case "comments":
      response.end(`: hello\n\n${events.map((event) => `: keep-alive\nid: 7\n${written(event)}:\n\n`).join("")}`);
      return;
    case "long-line":
      response.end(streamText(protocol, { ...answer, text: `${answer.text ?? ""}${" ".repeat(1024 * 1024)}` }));
      return;
  }
}

/** So many events of each protocol bring some text and not the end. */
const BEGIN = 3;

function written({ name, data }: Event): string {
  return `${name === undefined ? "" : `event: ${name}\n`}data: ${data}\n\n`;
}

/** Three bytes at a time: every character of more is torn somewhere. */
function sendBytes(response: ServerResponse, bytes: Buffer): void {
  const next = (at: number): void => {
    if (at >= bytes.length) response.end();
    else response.write(bytes.subarray(at, at + 3), () => setImmediate(next, at + 3));
  };
  next(0);
}

function errorEvent(protocol: Protocol, { code, type }: { readonly code: string; readonly type: string }): Event {
  const message = "said in the middle of a stream";
  if (protocol === "responses") return named("error", { code, message });
  const data = JSON.stringify(errorBody(protocol, { status: 200, message, type, code }));
  return protocol === "chat" ? { data } : { name: "error", data };
}

function named(name: string, fields: object): Event {
  return { name, data: JSON.stringify({ type: name, ...fields }) };
}

function eventsOf(protocol: Protocol, answer: StubAnswer): readonly Event[] {
  if (protocol === "chat") return chatEvents(answer);
  return protocol === "responses" ? responsesEvents(answer) : messagesEvents(answer);
}

/** Two halves, so that there is a middle. */
function halves(text: string | null): readonly string[] {
  const letters = [...(text ?? "")];
  const middle = Math.ceil(letters.length / 2);
  return [letters.slice(0, middle).join(""), letters.slice(middle).join("")];
}

function chatEvents(answer: StubAnswer): readonly Event[] {
  const { choices, usage } = JSON.parse(JSON.stringify(answerBody("chat", answer)));
  const head = { id: answer.id, object: "chat.completion.chunk", model: answer.model };
  const chunk = (delta: object, finish: unknown): Event => ({
    data: JSON.stringify({ ...head, choices: [{ index: 0, delta, finish_reason: finish }], usage: null }),
  });
  const field = answer.finish === "refusal" ? "refusal" : "content";
  const [first = "", second = ""] = halves(answer.text);
  return [
    chunk({ role: "assistant", content: "" }, null),
    chunk({ [field]: first }, null),
    chunk({ [field]: second }, null),
    chunk({}, choices[0].finish_reason),
    ...(usage === undefined ? [] : [{ data: JSON.stringify({ ...head, choices: [], usage }) }]),
    { data: "[DONE]" },
  ];
}

function responsesEvents(answer: StubAnswer): readonly Event[] {
  const response = answerBody("responses", answer);
  const delta = answer.finish === "refusal" ? "response.refusal.delta" : "response.output_text.delta";
  const last = answer.finish === "length" || answer.finish === "filtered" ? "incomplete" : "completed";
  return [
    named("response.created", { response: { id: answer.id, status: "in_progress" } }),
    ...halves(answer.text).map((text) => named(delta, { delta: text })),
    named(`response.${last}`, { response }),
  ];
}

function messagesEvents(answer: StubAnswer): readonly Event[] {
  const { content: _, stop_reason, usage, ...message } = JSON.parse(JSON.stringify(answerBody("messages", answer)));
  const [first, second] = halves(answer.text);
  const block = { index: 0 };
  return [
    named("message_start", {
      message: { ...message, content: [], ...(usage && { usage: { ...usage, output_tokens: 1 } }) },
    }),
    named("content_block_start", { ...block, content_block: { type: "text", text: first } }),
    named("content_block_delta", { ...block, delta: { type: "text_delta", text: second } }),
    named("content_block_stop", block),
    named("message_delta", {
      delta: { stop_reason },
      ...(usage && { usage: { output_tokens: usage.output_tokens, cache_read_input_tokens: null } }),
    }),
    named("message_stop", {}),
  ];
}
