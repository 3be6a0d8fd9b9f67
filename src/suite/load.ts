/** Finds suite files and imports them. */
import type { LoadedSuite } from "./suite.ts";

export function findSuiteFiles(_cwd: string, _patterns?: readonly string[]): Promise<readonly string[]> {
  throw new Error("not built yet");
}

export function loadSuites(_files: readonly string[]): Promise<readonly LoadedSuite[]> {
  throw new Error("not built yet");
}
