/**
 * Reads the head of a GGUF file (https://github.com/ggml-org/ggml/blob/master/docs/gguf.md, versions 2 and 3) and checks that its tensors lie within
 * the file: native code that is given a cut or foreign file ends the process instead of telling.
 */
import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { ConfigError, toError } from "../errors.ts";

export interface GgufTensor {
  readonly name: string;
  /** Sizes as the file holds them: of a matrix, inputs first, then outputs. */
  readonly shape: readonly number[];
}

export interface Gguf {
  /** Bytes of the file. */
  readonly size: number;
  /** Scalar fields; arrays (the vocabulary among them) are left out. */
  readonly fields: ReadonlyMap<string, string | number | boolean>;
  readonly tensors: ReadonlyMap<string, GgufTensor>;
}

/** Bytes of a block and values in it, by type number; a type that is not here has its start checked only. */
const BLOCKS: Readonly<Record<number, readonly [bytes: number, values: number]>> = {
  0: [4, 1],
  1: [2, 1],
  2: [18, 32],
  3: [20, 32],
  6: [22, 32],
  7: [24, 32],
  8: [34, 32],
  10: [84, 256],
  11: [110, 256],
  12: [144, 256],
  13: [176, 256],
  14: [210, 256],
  30: [2, 1],
};

const STRING = 8;
const ARRAY = 9;
/** Readers of the scalar types, by type number. */
const SCALARS: Readonly<Record<number, readonly [bytes: number, read: (view: DataView) => number | boolean]>> = {
  0: [1, (view) => view.getUint8(0)],
  1: [1, (view) => view.getInt8(0)],
  2: [2, (view) => view.getUint16(0, true)],
  3: [2, (view) => view.getInt16(0, true)],
  4: [4, (view) => view.getUint32(0, true)],
  5: [4, (view) => view.getInt32(0, true)],
  6: [4, (view) => view.getFloat32(0, true)],
  7: [1, (view) => view.getUint8(0) !== 0],
  10: [8, (view) => Number(view.getBigUint64(0, true))],
  11: [8, (view) => Number(view.getBigInt64(0, true))],
  12: [8, (view) => view.getFloat64(0, true)],
};

/** Longest text and longest list that a head may hold: more is a broken file. */
const MAX_TEXT = 16 * 1024 * 1024;
const MAX_COUNT = 10_000_000;
/** Bytes read at a time: most heads of adapters are shorter. */
const WINDOW = 64 * 1024;

/**
 * @param what how the file is named in messages, e.g. `local("models/a.gguf")`
 * @throws ConfigError `gguf-…` when the file is missing, no GGUF, of another version, or cut.
 */
export function readGguf(file: string, what: string): Gguf {
  let fd: number;
  try {
    fd = openSync(file, "r");
  } catch (thrown) {
    throw new ConfigError("gguf-unreadable", `${what}: the file cannot be read: ${toError(thrown).message}`, {
      place: { file },
      fix: "Name a GGUF file; the path is relative to the suite file.",
    });
  }
  try {
    if (!fstatSync(fd).isFile()) throw broken(what, file)("it is a folder or a device, and no file");
    return readHead(new Cursor(fd, broken(what, file)));
  } finally {
    closeSync(fd);
  }
}

type Broken = (why: string) => ConfigError;

function broken(what: string, file: string): Broken {
  return (why) =>
    new ConfigError("gguf-broken", `${what}: ${why}`, {
      place: { file },
      fix: "Get the file again: it must be a whole GGUF file, as llama.cpp loads it.",
    });
}

function readHead(cursor: Cursor): Gguf {
  const { broken, size } = cursor;
  if (size < 24 || cursor.bytes(4).toString("latin1") !== "GGUF") throw broken("it is no GGUF file");
  const version = cursor.scalar(4);
  if (version !== 2 && version !== 3) throw broken(`its GGUF version is ${version}; 2 and 3 are known`);
  const tensorCount = cursor.count();
  const fieldCount = cursor.count();
  const fields = new Map<string, string | number | boolean>();
  for (let i = 0; i < fieldCount; i++) {
    const key = cursor.text();
    const value = readValue(cursor, Number(cursor.scalar(4)));
    if (value !== undefined) fields.set(key, value);
  }
  const tensors = new Map<string, GgufTensor>();
  const extents: { readonly name: string; readonly start: number; readonly bytes: number }[] = [];
  for (let i = 0; i < tensorCount; i++) {
    const name = cursor.text();
    const dimensions = Number(cursor.scalar(4));
    if (dimensions > 4) throw broken(`the tensor ${JSON.stringify(name)} has ${dimensions} dimensions`);
    const shape = Array.from({ length: dimensions }, () => Number(cursor.scalar(10)));
    const block = BLOCKS[Number(cursor.scalar(4))];
    const values = shape.reduce((product, length) => product * length, 1);
    const bytes = block === undefined ? 1 : Math.ceil(values / block[1]) * block[0];
    extents.push({ name, start: Number(cursor.scalar(10)), bytes });
    tensors.set(name, { name, shape });
  }
  const alignment = Number(fields.get("general.alignment") ?? 32) || 32;
  const data = Math.ceil(cursor.position / alignment) * alignment;
  for (const { name, start, bytes } of extents) {
    if (data + start + bytes > size) {
      throw broken(`it is cut: the tensor ${JSON.stringify(name)} ends after the end of the file (${size} bytes)`);
    }
  }
  return { size, fields, tensors };
}

/** The value of a field; undefined for an array, which is passed over. */
function readValue(cursor: Cursor, type: number): string | number | boolean | undefined {
  if (type === STRING) return cursor.text();
  if (type !== ARRAY) return cursor.scalar(type);
  const of = Number(cursor.scalar(4));
  const count = cursor.count();
  const scalar = SCALARS[of];
  if (scalar !== undefined) cursor.skip(count * scalar[0]);
  else if (of === STRING) for (let i = 0; i < count; i++) cursor.skip(cursor.textLength());
  else for (let i = 0; i < count; i++) readValue(cursor, of);
  return undefined;
}

/** Reads a file front to back, a window at a time. */
class Cursor {
  readonly size: number;
  readonly broken: Broken;
  position = 0;
  readonly #fd: number;
  #window = Buffer.alloc(0);
  #start = 0;

  constructor(fd: number, broken: Broken) {
    this.#fd = fd;
    this.broken = broken;
    this.size = fstatSync(fd).size;
  }

  bytes(length: number): Buffer {
    const end = this.position + length;
    if (end > this.size)
      throw this.broken(`it is cut: its head goes on after the end of the file (${this.size} bytes)`);
    if (this.position < this.#start || end > this.#start + this.#window.length) {
      this.#start = this.position;
      this.#window = Buffer.alloc(Math.min(Math.max(length, WINDOW), this.size - this.position));
      readSync(this.#fd, this.#window, 0, this.#window.length, this.#start);
    }
    const from = this.position - this.#start;
    this.position = end;
    return this.#window.subarray(from, from + length);
  }

  skip(length: number): void {
    this.position += length;
    if (this.position > this.size)
      throw this.broken(`it is cut: its head goes on after the end of the file (${this.size} bytes)`);
  }

  scalar(type: number): number | boolean {
    const known = SCALARS[type];
    if (known === undefined) throw this.broken(`its head holds a value of the unknown type ${type}`);
    const [length, read] = known;
    const bytes = this.bytes(length);
    return read(new DataView(bytes.buffer, bytes.byteOffset, length));
  }

  count(): number {
    const count = Number(this.scalar(10));
    if (count > MAX_COUNT) throw this.broken(`its head says that it holds ${count} entries`);
    return count;
  }

  text(): string {
    return this.bytes(this.textLength()).toString("utf8");
  }

  /** Bytes of the text that comes next. */
  textLength(): number {
    const length = Number(this.scalar(10));
    if (length > MAX_TEXT) throw this.broken(`its head says that it holds a text of ${length} bytes`);
    return length;
  }
}
