/** A file of recorded answers, indexed by where each line stands: only small files stay in memory. */
import { isUtf8 } from "node:buffer";
import { createHash } from "node:crypto";
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { ConfigError, ConfigErrors } from "../errors.ts";
import { createLineIndex, type LinePlace } from "./line-index.ts";
import type { RecordedHead, ReplyHead } from "./recorded-head.ts";
import { type RecordedLine, type RecordedReply, readRecordedLine } from "./recorded-line.ts";
import { createReplyIndex, type ReplyIndex } from "./reply-index.ts";

/** Files up to this size are kept whole, bytes. */
const SMALL_BYTES = 1024 * 1024;
const CHUNK_BYTES = 1024 * 1024;
/** Longer lines are refused, bytes: no answer is as long. */
const MAX_LINE_BYTES = 64 * 1024 * 1024;
/** Mistakes told at once. */
const MAX_MISTAKES = 20;

export interface Recording {
  /** SHA-256 (hex) of the file. */
  readonly sha256: string;
  readonly size: number;
  /** The line of a case, a trial and a target (`undefined`: lines that name none); undefined when there is none. */
  readonly find: (target: string | undefined, caseId: string, trial: number) => RecordedLine | undefined;
  /** Who gave the answers, by target; empty for a file that was written by hand. */
  readonly heads: ReadonlyMap<string, RecordedHead>;
  /** First and last ISO day of a target's answers; undefined where none has one. */
  readonly days: (target: string | undefined) => Days | undefined;
  /** Every answer, in the order of the file. */
  readonly answers: () => Generator<RecordedLine>;
  /** Who gave the replies to graders, in the order of the file. */
  readonly replyHeads: readonly ReplyHead[];
  readonly replies: Omit<ReplyIndex, "add">;
}

export interface Days {
  readonly first: string;
  readonly last: string;
}

/** By path, with what tells that the file is still the same: several targets often share one file. */
const opened = new Map<string, { readonly stamp: string; readonly recording: Recording }>();

/**
 * Opens and checks a recording: every line is read once. Throws `ConfigError` or `ConfigErrors` with line numbers for a file that is
 * not there, bad lines, and two lines for one case, trial and target.
 */
export function openRecording(file: string): Recording {
  const fd = openFile(file);
  let keep = false;
  try {
    const { size, mtimeMs, ino } = fstatSync(fd);
    const stamp = `${size}:${mtimeMs}:${ino}`;
    const known = opened.get(file);
    if (known?.stamp === stamp) return known.recording;
    const recording = indexFile(file, fd, size);
    opened.set(file, { stamp, recording });
    // Open for as long as the process: lines are read from it whenever they are asked for.
    keep = size > SMALL_BYTES;
    return recording;
  } finally {
    if (!keep) closeSync(fd);
  }
}

function openFile(file: string): number {
  try {
    return openSync(file, "r");
  } catch (thrown) {
    throw new ConfigError("recording-unreadable", "the recording cannot be read", {
      place: { file },
      fix: "Check the path: it is relative to the suite file.",
      cause: thrown,
    });
  }
}

function indexFile(file: string, fd: number, size: number): Recording {
  const small = size <= SMALL_BYTES ? readAt(fd, 0, size) : undefined;
  const index = createLineIndex();
  const mistakes: ConfigError[] = [];
  let untold = 0;
  const digest = createHash("sha256");
  const heads = new Map<string, RecordedHead>();
  const days = new Map<string | undefined, Days>();
  const replyHeads: ReplyHead[] = [];

  const readPlace = ({ offset, length }: LinePlace): ReturnType<typeof readRecordedLine> => {
    const bytes = small === undefined ? readAt(fd, offset, length) : small.subarray(offset, offset + length);
    return readRecordedLine(bytes.toString("utf8").replace(/^\uFEFF/, ""));
  };
  // Whatever is not what was indexed: somebody wrote into the file since.
  const answerAt = (place: LinePlace): RecordedLine | undefined => {
    const read = readPlace(place);
    return "case" in read ? read : undefined;
  };
  const replies = createReplyIndex((place): RecordedReply | undefined => {
    const read = readPlace(place);
    return "reply" in read ? read.reply : undefined;
  });
  const lineAt = (place: LinePlace, asked: Asked): RecordedLine | undefined => {
    const read = answerAt(place);
    // Another line of the same hash.
    if (read?.case !== asked.case || read.trial !== asked.trial || read.target !== asked.target) return undefined;
    return read;
  };

  eachLine(file, fd, digest, (bytes, offset, line) => {
    const mistake = (code: string, message: string, fix: string): void => {
      if (mistakes.length < MAX_MISTAKES) mistakes.push(new ConfigError(code, message, { place: { file, line }, fix }));
      else untold++;
    };
    if (!isUtf8(bytes)) {
      mistake("recording-line", "not UTF-8", "Save the file as UTF-8.");
      return;
    }
    const text = bytes.toString("utf8").replace(/^\uFEFF/, "");
    if (text.trim() === "") return;
    const read = readRecordedLine(text);
    if ("problem" in read) {
      mistake("recording-line", read.problem, read.fix);
      return;
    }
    if ("head" in read) {
      const { head } = read;
      if (heads.has(head.target)) {
        const whose = JSON.stringify(head.target);
        mistake("recording-duplicate", `a second head of ${whose}`, "Keep one of them, with the answers below it.");
      } else heads.set(head.target, head);
      return;
    }
    if ("replyHead" in read) {
      const { grader, judge } = read.replyHead;
      if (replyHeads.some((head) => head.grader === grader && head.judge === judge)) {
        const whose = `${JSON.stringify(judge)} of ${JSON.stringify(grader)}`;
        mistake("recording-duplicate", `a second head of the judge ${whose}`, "Keep one of them.");
      } else replyHeads.push(read.replyHead);
      return;
    }
    if ("reply" in read) {
      const earlier = replies.add(read.reply, { offset, length: bytes.length, line });
      if (earlier !== undefined) {
        const what = `a reply about case ${JSON.stringify(read.reply.case)} to a question that line ${earlier} answers already`;
        mistake("recording-duplicate", what, "Remove one of the two lines.");
      }
      return;
    }
    const key = keyOf(read);
    const earlier = index.find(key, (place) => (lineAt(place, read) === undefined ? undefined : place.line));
    if (earlier !== undefined) {
      const whose = read.target === undefined ? "" : ` of ${JSON.stringify(read.target)}`;
      mistake(
        "recording-duplicate",
        `case ${JSON.stringify(read.case)}, trial ${read.trial}${whose}, stands in line ${earlier} already`,
        "Remove one of the two lines, or give them different trials or targets.",
      );
      return;
    }
    index.add(key, { offset, length: bytes.length, line });
    if (read.date !== undefined) days.set(read.target, withDay(days.get(read.target), read.date));
  });
  const [first, ...more] = mistakes;
  if (first !== undefined) throw more.length === 0 ? first : new ConfigErrors(mistakes, untold);

  return {
    sha256: digest.digest("hex"),
    size: index.size(),
    find: (target, caseId, trial) => {
      const asked = { target, case: caseId, trial };
      return index.find(keyOf(asked), (place) => lineAt(place, asked));
    },
    heads,
    days: (target) => days.get(target),
    *answers() {
      for (const place of index.places()) {
        const answer = answerAt(place);
        if (answer !== undefined) yield answer;
      }
    },
    replyHeads,
    replies,
  };
}

function withDay(before: Days | undefined, day: string): Days {
  if (before === undefined) return { first: day, last: day };
  return { first: day < before.first ? day : before.first, last: day > before.last ? day : before.last };
}

/** What tells the lines of a recording apart. */
type Asked = Pick<RecordedLine, "target" | "case" | "trial">;

function keyOf({ target, case: id, trial }: Asked): string {
  return target === undefined ? `${trial}:-:${id}` : `${trial}:${target.length}:${target}:${id}`;
}

/**
 * Calls back with each line without its end (LF or CRLF), where it starts, and its 1-based number; also empty ones. The bytes are only
 * valid during the call: one buffer serves the whole file.
 */
function eachLine(
  file: string,
  fd: number,
  digest: { update: (bytes: Buffer) => unknown },
  visit: (bytes: Buffer, offset: number, line: number) => void,
): void {
  let window = Buffer.allocUnsafe(CHUNK_BYTES);
  let held = 0;
  let offset = 0;
  let line = 0;
  for (;;) {
    if (held === window.length) window = doubled(file, window, line + 1);
    const got = readSync(fd, window, held, window.length - held, offset + held);
    digest.update(window.subarray(held, held + got));
    held += got;
    const bytes = window.subarray(0, held);
    let start = 0;
    for (let end = bytes.indexOf(0x0a); end !== -1; end = bytes.indexOf(0x0a, start)) {
      line += 1;
      visit(withoutReturn(bytes.subarray(start, end)), offset + start, line);
      start = end + 1;
    }
    if (got === 0) {
      if (held > start) visit(withoutReturn(bytes.subarray(start)), offset + start, line + 1);
      return;
    }
    window.copyWithin(0, start, held);
    held -= start;
    offset += start;
  }
}

function doubled(file: string, window: Buffer, line: number): Buffer<ArrayBuffer> {
  if (window.length >= MAX_LINE_BYTES) {
    throw new ConfigError("recording-line", `longer than ${MAX_LINE_BYTES / 1024 / 1024} MB`, {
      place: { file, line },
      fix: "Write one JSON object a line.",
    });
  }
  const larger = Buffer.allocUnsafe(window.length * 2);
  window.copy(larger);
  return larger;
}

function withoutReturn(bytes: Buffer): Buffer {
  return bytes.at(-1) === 0x0d ? bytes.subarray(0, -1) : bytes;
}

function readAt(fd: number, offset: number, length: number): Buffer {
  const bytes = Buffer.allocUnsafe(length);
  let filled = 0;
  while (filled < length) {
    const got = readSync(fd, bytes, filled, length - filled, offset + filled);
    if (got === 0) break;
    filled += got;
  }
  return bytes.subarray(0, filled);
}
