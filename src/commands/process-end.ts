/**
 * Who ends the process: the command alone, with its own exit code. Code of a suite (a grader, a prompt function, a fake model) can neither end
 * it, which would pass for a green run, nor keep it alive by a timer it forgot.
 */

/** Taken before any suite is loaded. */
const exit = process.exit.bind(process);

/** From here on `process.exit` throws. */
export function holdProcess(): void {
  process.exit = () => {
    throw new Error("process.exit was called: a suite cannot end the run");
  };
}

/** Ends the process once everything that was said has left, whatever is still waiting. */
export async function endProcess(code: number): Promise<never> {
  process.exitCode = code;
  for (const stream of [process.stdout, process.stderr]) await said(stream);
  return exit(code);
}

/** Resolves when a stream has passed on what it was given, or cannot. */
function said(stream: NodeJS.WriteStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write("", () => resolve());
  });
}
