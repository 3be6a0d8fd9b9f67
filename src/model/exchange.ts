/** One HTTP exchange as it happens: what was sent, how far it came, what came back. Rides through the SDK to our fetch. */
import type { IncomingHttpHeaders } from "node:http";
import type { Fault } from "./fault.ts";
import type { NewAssembly } from "./streamed.ts";

export interface ExchangeOptions {
  /** The headers that carry the key; the SDK never sees them. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly monotonicMs: () => number;
  /** Present where the answer is asked for as a stream. */
  readonly stream?: NewAssembly | undefined;
}

/** Filled by the wire while it works; read by the model afterwards, whatever the SDK made of it. */
export class Exchange {
  readonly secrets: Readonly<Record<string, string>>;
  readonly signal: AbortSignal;
  readonly stream: NewAssembly | undefined;
  readonly #monotonicMs: () => number;
  #startedAt: number | undefined;
  #endedAt: number | undefined;
  /** Whether anything may have reached the provider. */
  sent = false;
  status: number | undefined;
  headers: IncomingHttpHeaders = {};
  /** The body, decoded; absent until it is whole. */
  text: string | undefined;
  fault: Fault | undefined;
  /** The bytes of the body as they came, whole or not. */
  received: readonly Buffer[] = [];
  /** What a stream had said when it broke. */
  partial: string | undefined;

  constructor(options: ExchangeOptions) {
    this.secrets = options.secrets;
    this.signal = options.signal;
    this.stream = options.stream;
    this.#monotonicMs = options.monotonicMs;
  }

  start(): void {
    this.#startedAt = this.#monotonicMs();
  }

  end(): void {
    this.#endedAt = this.#monotonicMs();
  }

  /** From the request to the last byte of the answer, milliseconds; absent while there is none. */
  get latencyMs(): number | undefined {
    if (this.#startedAt === undefined || this.#endedAt === undefined) return undefined;
    return Math.max(0, this.#endedAt - this.#startedAt);
  }

  /** A header's value; several are joined, as HTTP allows. */
  header(name: string): string | undefined {
    const value = this.headers[name];
    return Array.isArray(value) ? value.join(", ") : value;
  }
}
