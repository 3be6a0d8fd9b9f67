/** What a stream can show: bars, colours, how many columns. */

export interface TerminalKind {
  /** Lines may be drawn over: a terminal that is not dumb, outside of CI. */
  readonly bars: boolean;
  readonly color: boolean;
  readonly columns: number;
}

interface StreamKind {
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

type Env = Readonly<Record<string, string | undefined>>;

const isOn = (value: string | undefined) => value !== undefined && value !== "" && value !== "0" && value !== "false";

function colorOf(tty: boolean, env: Env): boolean {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== "") return false;
  if (env.FORCE_COLOR !== undefined) return isOn(env.FORCE_COLOR) || env.FORCE_COLOR === "";
  return tty && env.TERM !== "dumb";
}

/**
 * `NO_COLOR` (any value but the empty one) beats `FORCE_COLOR`; `TERM=dumb` and `CI` mean neither bars nor cursor movements.
 * Without a width of its own a stream has that of `COLUMNS`, else 80.
 */
export function terminalKind(stream: StreamKind, env: Env): TerminalKind {
  const tty = stream.isTTY === true;
  const dumb = env.TERM === "dumb";
  const named = Number(env.COLUMNS);
  const columns = stream.columns !== undefined && stream.columns > 0 ? stream.columns : named > 0 ? named : 80;
  return { bars: tty && !dumb && !isOn(env.CI), color: colorOf(tty, env), columns: Math.floor(columns) };
}
