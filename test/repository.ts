/** Where the repository and its neighbours stand, for tests. */
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

export const repository = fileURLToPath(new URL("..", import.meta.url));

/** Absolute path of published material beside the checkout; tests that need it say "not there" where it is absent. */
export function shared(path: string): string {
  return fileURLToPath(new URL(`../../shared/${path}`, import.meta.url));
}

export function isThere(path: string): boolean {
  return existsSync(shared(path));
}
