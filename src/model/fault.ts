/** What can go wrong on the wire, before anybody has looked at what the provider said. */

export type FaultKind =
  /** No connection: DNS, refused, no route, connect timeout. */
  | "unreachable"
  /** A connection, but not one that can be trusted. */
  | "untrusted"
  /** The connection ended before the headers came. */
  | "lost"
  /** The connection ended in the middle of the body. */
  | "cut"
  /** Nothing came for too long while the body was on its way. */
  | "idle"
  | "too-large"
  | "bad-encoding"
  | "redirect"
  /** Not HTTP, or HTTP that carries no JSON. */
  | "not-an-answer"
  /** Our own signal or deadline. */
  | "stopped";

export interface Fault {
  readonly kind: FaultKind;
  /** For people; may hold what the other side wrote, so it is redacted before it is shown. */
  readonly detail: string;
}

/** Carries a fault through the SDK, which wraps it. */
export class WireError extends Error {
  override readonly name = "WireError";
  readonly fault: Fault;

  constructor(fault: Fault) {
    super(`${fault.kind}: ${fault.detail}`);
    this.fault = fault;
  }
}
