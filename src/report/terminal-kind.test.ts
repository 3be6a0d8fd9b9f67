import { describe, expect, it } from "vitest";
import { terminalKind } from "./terminal-kind.ts";

const tty = { isTTY: true, columns: 100 };

describe("terminalKind", () => {
  it.each([
    ["a terminal", tty, {}, { bars: true, color: true, columns: 100 }],
    ["a pipe", {}, {}, { bars: false, color: false, columns: 80 }],
    ["a dumb terminal", tty, { TERM: "dumb" }, { bars: false, color: false, columns: 100 }],
    ["NO_COLOR", tty, { NO_COLOR: "1", FORCE_COLOR: "1" }, { bars: true, color: false, columns: 100 }],
    ["an empty NO_COLOR", tty, { NO_COLOR: "" }, { bars: true, color: true, columns: 100 }],
    ["CI", tty, { CI: "true" }, { bars: false, color: true, columns: 100 }],
    ["CI=false", tty, { CI: "false" }, { bars: true, color: true, columns: 100 }],
    ["FORCE_COLOR in a pipe", {}, { FORCE_COLOR: "1" }, { bars: false, color: true, columns: 80 }],
    ["FORCE_COLOR=0", tty, { FORCE_COLOR: "0" }, { bars: true, color: false, columns: 100 }],
    ["COLUMNS", { isTTY: false }, { COLUMNS: "132" }, { bars: false, color: false, columns: 132 }],
    ["a broken COLUMNS", { columns: 0 }, { COLUMNS: "wide" }, { bars: false, color: false, columns: 80 }],
  ])("knows %s", (_, stream, env, kind) => {
    expect(terminalKind(stream, env)).toEqual(kind);
  });
});
