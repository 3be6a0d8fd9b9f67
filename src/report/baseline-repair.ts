/** How a baseline that cannot be read is mended: `--update` alone cannot, since the release in the file would be lost with it. */

/** For what else the command was about to do. */
export interface Repair {
  /** As a command in the user's folder names it. */
  readonly file: string;
  /** The command is `gapcheck baseline` and writes the file itself. */
  readonly writes: boolean;
}

/** @param text of the file, as far as it could be read */
export function repairOf(text: string, { file, writes }: Repair): string {
  const name = /^[\w./-]+$/.test(file) ? file : JSON.stringify(file);
  const write = writes ? "this command again" : "gapcheck baseline --update";
  if (isConflict(text)) {
    return `Take one side as a whole: git checkout --ours ${name}, or --theirs, or main's: git checkout origin/main -- ${name}; then gapcheck run --all-trials, and ${write}.`;
  }
  const whole = `Take it from version control: git checkout HEAD -- ${name}, or of an earlier commit that has it whole`;
  const anew = writes
    ? "then this command again"
    : "then, on main, gapcheck run --all-trials and gapcheck baseline --update";
  return `${whole}${writes ? ", then this command again" : ""}. Without one, delete the file, with which the release that it held is lost, ${anew}.`;
}

export function isConflict(text: string): boolean {
  return /^<{7}( |$)/m.test(text) && /^>{7}( |$)/m.test(text);
}
