import { describe, expect, it } from "vitest";
import type { ProgressSnapshot } from "../engine/outcome.ts";
import { createProgress, type ProgressOptions } from "./progress.ts";
import { progressLine, progressLines } from "./progress-lines.ts";
import { displayWidth } from "./width.ts";

const snapshot = (done: number): ProgressSnapshot => ({
  suites: [
    { suite: "intent-routing", done: 1800, total: 1800, waiting: 0 },
    { suite: "support-reply", done, total: 2400, waiting: 3 },
    { suite: "合同条款审查", done: 0, total: 12400, waiting: 0 },
  ],
  sentPerSecond: 41.3,
  secondsLeft: 312,
  spentUsd: 0.0123,
  inFlight: 64,
  waiting: ["openai: waiting 12 s (provider asked)"],
});

const ESCAPE = String.fromCharCode(27);
const TOKENS = new RegExp(`${ESCAPE}\\[(\\d+)A|${ESCAPE}\\[0J|[\\s\\S]`, "g");

/** A terminal of lines: understands carriage return, line feed, cursor up and clear-to-end, and nothing else. */
function screen() {
  const lines: string[] = [""];
  let row = 0;
  let column = 0;
  const write = (text: string) => {
    for (const [token, up] of text.matchAll(TOKENS)) {
      if (up !== undefined) row = Math.max(0, row - Number(up));
      else if (token === "\x1b[0J") {
        lines[row] = (lines[row] ?? "").slice(0, column);
        lines.length = row + 1;
      } else if (token === "\r") column = 0;
      else if (token === "\n") {
        row += 1;
        column = 0;
        lines[row] ??= "";
      } else {
        const line = lines[row] ?? "";
        lines[row] = line.slice(0, column) + token + line.slice(column + token.length);
        column += token.length;
      }
    }
  };
  return { lines, write };
}

function harness(options: Partial<ProgressOptions> = {}) {
  const terminal = screen();
  const writes: string[] = [];
  let time = 0;
  const timers = new Map<number, { at: number; action: () => void }>();
  let nextTimer = 0;
  const advance = (ms: number) => {
    const until = time + ms;
    for (;;) {
      const due = [...timers].filter(([, { at }]) => at <= until).sort((a, b) => a[1].at - b[1].at)[0];
      if (due === undefined) break;
      timers.delete(due[0]);
      time = Math.max(time, due[1].at);
      due[1].action();
    }
    time = until;
  };
  const progress = createProgress({
    stream: {
      write(text) {
        writes.push(text);
        terminal.write(text);
      },
    },
    bars: true,
    columns: () => 80,
    now: () => time,
    setTimer(action, ms) {
      const id = nextTimer++;
      timers.set(id, { at: time + ms, action });
      return () => timers.delete(id);
    },
    ...options,
  });
  return { progress, writes, terminal, advance, timers };
}

describe("progress on a terminal", () => {
  it("draws one line per suite and draws over it", () => {
    const { progress, terminal, advance } = harness();
    progress.update(snapshot(1420));
    expect(terminal.lines).toEqual(progressLines(snapshot(1420), 79, 23));
    expect(terminal.lines[1]).toBe("▸ support-reply   ███████████░░░░░░░░░  1,420/2,400  3 waiting");
    advance(1000);
    progress.update(snapshot(2000));
    expect(terminal.lines).toEqual(progressLines(snapshot(2000), 79, 23));
  });

  it("draws at most five times a second, and the last state in the end", () => {
    const { progress, writes, terminal, advance } = harness();
    for (let done = 0; done < 1000; done += 1) {
      progress.update(snapshot(done));
      advance(1);
    }
    expect(writes.length).toBeLessThanOrEqual(6);
    advance(200);
    expect(terminal.lines.join("\n")).toContain("999/2,400");
    expect(writes.length).toBeLessThanOrEqual(7);
  });

  it("leaves nothing behind but the notes, and writes nothing afterwards", () => {
    const { progress, writes, terminal, timers, advance } = harness();
    terminal.write("before\n");
    progress.update(snapshot(1));
    progress.note("key rejected: ::error::\x1b[2J");
    progress.update(snapshot(2));
    progress.done();
    expect(terminal.lines).toEqual(["before", "key rejected: ::error::\\x1b[2J", ""]);
    expect(timers.size).toBe(0);
    const count = writes.length;
    advance(1000);
    progress.update(snapshot(3));
    advance(1000);
    progress.note("late");
    progress.done();
    expect(writes).toHaveLength(count);
  });

  it("never writes over lines that are not its own when the window changes", () => {
    let columns = 120;
    const { progress, terminal, advance } = harness({ columns: () => columns });
    terminal.write("ours\n");
    for (const width of [120, 30, 200, 12, 1, 80]) {
      columns = width;
      progress.update(snapshot(width));
      advance(250);
      expect(terminal.lines[0]).toBe("ours");
      for (const line of terminal.lines.slice(1)) expect(displayWidth(line)).toBeLessThan(Math.max(2, width));
    }
    progress.done();
    expect(terminal.lines).toEqual(["ours", ""]);
  });

  it("survives a stream that throws or fails", () => {
    const thrower = createProgress({
      stream: {
        write() {
          throw Object.assign(new Error("write EPIPE"), { code: "EPIPE" });
        },
      },
      bars: true,
      columns: () => 80,
      now: () => 0,
      setTimer: () => () => undefined,
    });
    expect(() => {
      thrower.update(snapshot(1));
      thrower.note("x");
      thrower.done();
    }).not.toThrow();
    let fail: (error: Error) => void = () => undefined;
    const written: string[] = [];
    const { progress } = harness({
      stream: {
        write: (text) => written.push(text),
        on: (_, listener) => {
          fail = listener;
        },
      },
    });
    progress.update(snapshot(1));
    fail(new Error("EPIPE"));
    progress.note("not written any more");
    expect(written).toHaveLength(1);
  });
});

describe("progress elsewhere", () => {
  it("writes one plain line every ten seconds, also when nothing changes", () => {
    const { progress, writes, advance, timers } = harness({ bars: false });
    progress.update(snapshot(1));
    advance(9_999);
    expect(writes).toEqual([]);
    advance(1);
    expect(writes).toEqual([`${progressLine(snapshot(1))}\n`]);
    for (let second = 0; second < 30; second += 1) {
      progress.update(snapshot(100 + second));
      advance(1000);
    }
    expect(writes).toHaveLength(4);
    expect(writes.join("")).not.toContain("\x1b");
    progress.done();
    advance(60_000);
    expect(writes).toHaveLength(4);
    expect(timers.size).toBe(0);
  });

  it("says nothing of a run that is done before", () => {
    const { progress, writes, advance } = harness({ bars: false });
    progress.note("one line");
    progress.done();
    advance(60_000);
    expect(writes).toEqual(["one line\n"]);
  });
});

describe("progressLines", () => {
  it("fits any width and any number of rows, and says what it leaves out", () => {
    for (const width of [12, 20, 39, 59, 79]) {
      for (const rows of [1, 2, 3, 4, 5, 10]) {
        const lines = progressLines(snapshot(7), width, rows);
        expect(lines.length).toBeLessThanOrEqual(rows);
        for (const line of lines) expect(displayWidth(line)).toBeLessThanOrEqual(width);
      }
    }
    const lines = progressLines(snapshot(7), 79, 4);
    expect(lines[0]).toMatch(/^▸ support-reply/);
    expect(lines[1]).toBe("  and 2 more suites");
  });

  it("aligns counts also with Chinese names, and fills a bar only when all is done", () => {
    const lines = progressLines(snapshot(2399), 79, 20);
    const ends = lines.slice(0, 3).map((line) => displayWidth(line.slice(0, line.lastIndexOf("/"))));
    expect(ends[0]).toBe(ends[1]);
    expect(lines[0]).toContain("█".repeat(20));
    expect(lines[1]).toContain("░");
  });

  it("escapes names and waits", () => {
    const hostile = {
      ...snapshot(1),
      suites: [{ suite: "\x1b[2J", done: 0, total: 1, waiting: 0 }],
      waiting: ["\u202e"],
    };
    for (const text of [progressLines(hostile, 79, 20).join("\n"), progressLine(hostile)]) {
      expect(text).not.toContain(ESCAPE);
      expect(text).not.toContain("\u202e");
    }
  });
});
