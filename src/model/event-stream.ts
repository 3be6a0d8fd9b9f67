/**
 * Reads `text/event-stream` (HTML Living Standard, 9.2.6) from a text that is there already: a stream is kept as bytes until it ends, so
 * that no character is torn between two chunks.
 */

export interface StreamEvent {
  /** `message` when the stream names none. */
  readonly event: string;
  readonly data: string;
}

/**
 * The events in order, comments and empty ones left out. An event that no empty line ends is not an event yet and is dropped, as the
 * standard asks: it may be half of one.
 */
export function readEvents(text: string): readonly StreamEvent[] {
  const events: StreamEvent[] = [];
  let event = "";
  let data: string[] = [];
  const lines = text.split(/\r\n|\n|\r/);
  // What follows the last line end is no whole line.
  lines.pop();
  for (const line of lines) {
    if (line === "") {
      if (data.length > 0) events.push({ event: event === "" ? "message" : event, data: data.join("\n") });
      event = "";
      data = [];
      continue;
    }
    const colon = line.indexOf(":");
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "data") data.push(value);
    else if (field === "event") event = value;
  }
  return events;
}
