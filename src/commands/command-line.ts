/** A command line as a person would type it, so that it can be copied into a shell. */

const PLAIN = /^[\w@%+=:,./-]+$/;

/** `gapcheck ARGS`; what a shell would not take as it stands is quoted for POSIX shells. */
export function commandLine(args: readonly string[]): string {
  return ["gapcheck", ...args.map((arg) => (PLAIN.test(arg) ? arg : `'${arg.replaceAll("'", "'\\''")}'`))].join(" ");
}
