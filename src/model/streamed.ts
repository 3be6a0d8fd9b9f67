/**
 * From the events of a stream to the body that the same call would have had without one, so that one reader judges both. A stream
 * that does not say that it is over is none.
 */
import { readEvents } from "./event-stream.ts";
import type { Fault } from "./fault.ts";
import { asRecord, asText, type JsonRecord } from "./reading.ts";

/** Puts the events of one protocol together. */
export interface Assembly {
  /** Takes an event's JSON. */
  readonly take: (event: JsonRecord) => void;
  /** The text so far. */
  readonly text: () => string;
  /** The whole body once the protocol's last event has come (of an error: the error); undefined before. */
  readonly body: () => unknown;
}

/** Begins an assembly. */
export type NewAssembly = () => Assembly;

export type Streamed =
  | { readonly kind: "whole"; readonly body: unknown }
  | { readonly kind: "fault"; readonly fault: Fault; readonly text: string };

/** Some servers end with this word instead of an event. */
const DONE = "[DONE]";

/** Reads a stream that has ended. Events after the first that is not JSON are not looked at: nobody knows what is missing. */
export function readStream(text: string, begin: NewAssembly): Streamed {
  const assembly = begin();
  for (const { data } of readEvents(text)) {
    if (data === DONE) break;
    const event = parse(data);
    if (event === undefined) {
      const fault: Fault = { kind: "not-an-answer", detail: "the stream holds an event that is not JSON" };
      return { kind: "fault", fault, text: assembly.text() };
    }
    assembly.take(event);
    const error = errorOf(event);
    if (error !== undefined) return { kind: "whole", body: error };
  }
  const body = assembly.body();
  if (body !== undefined) return { kind: "whole", body };
  const fault: Fault = { kind: "cut", detail: "the stream ended before it said that it was over" };
  return { kind: "fault", fault, text: assembly.text() };
}

function parse(data: string): JsonRecord | undefined {
  try {
    return asRecord(JSON.parse(data));
  } catch {
    return undefined;
  }
}

/** `{error: …}` (chat, messages) as it stands, `{type: "error", code, message}` (responses) in the same shape. */
function errorOf(event: JsonRecord): unknown {
  if (event.error !== undefined && event.error !== null) return { error: event.error };
  if (event.type !== "error") return undefined;
  return { error: { message: asText(event.message) ?? "", code: event.code } };
}
