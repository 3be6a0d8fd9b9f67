/** The events of a streamed message. Whole with `message_stop`; the usage of its end overrules that of its start. */
import { asRecord, asText, type JsonRecord } from "./reading.ts";
import type { Assembly } from "./streamed.ts";

export function messagesAssembly(): Assembly {
  let start: JsonRecord = {};
  let text = "";
  let usage: JsonRecord = {};
  let stopReason: unknown;
  let over = false;
  return {
    take: (event) => {
      if (event.type === "message_start") {
        start = asRecord(event.message) ?? {};
        usage = { ...asRecord(start.usage) };
      }
      if (event.type === "content_block_start") text += textOf(asRecord(event.content_block));
      if (event.type === "content_block_delta") text += textOf(asRecord(event.delta));
      if (event.type === "message_delta") {
        stopReason = asRecord(event.delta)?.stop_reason ?? stopReason;
        usage = { ...usage, ...told(event.usage) };
      }
      if (event.type === "message_stop") over = true;
    },
    text: () => text,
    body: () => (over ? { ...start, content: [{ type: "text", text }], stop_reason: stopReason, usage } : undefined),
  };
}

/** Counts that the end leaves at null keep what the start said. */
function told(usage: unknown): JsonRecord {
  return Object.fromEntries(Object.entries(asRecord(usage) ?? {}).filter(([, count]) => count !== null));
}

function textOf(part: JsonRecord | undefined): string {
  return part?.type === "text" || part?.type === "text_delta" ? (asText(part.text) ?? "") : "";
}
