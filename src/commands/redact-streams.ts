/** The last sink of all: whatever goes to standard output and standard error passes the redactor, whoever says it. */
import type { Redact } from "../redact.ts";

type Done = (error?: Error | null) => void;

/** What tests need of a stream. */
export type Writable = Pick<NodeJS.WriteStream, "write">;

/**
 * From here on these streams show no secret. Texts that are laid out in lines are to be cleaned before: what a line break parts is not found
 * here any more.
 */
export function redactStreams(streams: readonly Writable[], redact: Redact): void {
  for (const stream of streams) {
    const write = stream.write.bind(stream);
    stream.write = (chunk: string | Uint8Array, encodingOrDone?: BufferEncoding | Done, done?: Done): boolean => {
      const safe = typeof chunk === "string" ? redact(chunk) : redactedBytes(chunk, redact);
      return typeof encodingOrDone === "function" ? write(safe, encodingOrDone) : write(safe, encodingOrDone, done);
    };
  }
}

/** Byte by byte: keys are ASCII. */
function redactedBytes(bytes: Uint8Array, redact: Redact): Uint8Array {
  const text = Buffer.from(bytes).toString("latin1");
  const safe = redact(text);
  return safe === text ? bytes : Buffer.from(safe, "latin1");
}
