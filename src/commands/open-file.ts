/** Opens a file in the program that the system has for it. */
import { spawn } from "node:child_process";
import { ConfigError } from "../errors.ts";

function opener(): readonly [command: string, ...before: string[]] {
  if (process.platform === "darwin") return ["open"];
  // `explorer` takes a path as it is; `start` would have it read by a shell.
  return process.platform === "win32" ? ["explorer"] : ["xdg-open"];
}

/** @throws {ConfigError} when there is no such program */
export async function openFile(file: string): Promise<void> {
  const [command, ...before] = opener();
  await new Promise<void>((opened, failed) => {
    const child = spawn(command, [...before, file], { stdio: "ignore", detached: true });
    child.once("error", (thrown) =>
      failed(
        new ConfigError("cannot-open", `The page cannot be opened from here: ${thrown.message}`, {
          place: { file },
          fix: "Open the file in a browser.",
          cause: thrown,
        }),
      ),
    );
    child.once("spawn", () => {
      child.unref();
      opened();
    });
  });
}
