/** The hash by which a recording remembers the prompt that was answered. */
import { hash } from "node:crypto";
import canonicalize from "canonicalize";
import type { Message } from "../suite/model.ts";

/** SHA-256 (hex) of the canonical JSON (RFC 8785) of the messages, each as `{content, role}`. */
export function promptHash(messages: readonly Message[]): string {
  // A lone surrogate has no canonical form; two prompts that differ only in one are one prompt here.
  const plain = messages.map(({ role, content }) => ({ role, content: content.toWellFormed() }));
  return hash("sha256", canonicalize(plain) ?? "", "hex");
}
