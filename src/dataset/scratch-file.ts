/** A file without a name, for what need not lie in memory: it is gone with the process, however that ends. */
import { closeSync, openSync, readSync, unlinkSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface ScratchFile {
  /** Writes all bytes at a position; throws where the disk does not take them. */
  readonly write: (bytes: Uint8Array, position: number) => void;
  /** Fills `into` from a position; throws where that was not written, or cannot be read. */
  readonly read: (into: Uint8Array, position: number) => void;
  readonly close: () => void;
}

interface Open {
  readonly fd: number;
  /** A number that was given back may by now be that of another file. */
  closed: boolean;
}

/** Who lets a scratch file go without closing it has it closed once nothing points to it. What is held here must not point to it itself. */
const left = new FinalizationRegistry<Open>(shut);

/** In the system's folder for such files, readable by its owner alone; undefined where none can be made there. */
export function openScratchFile(folder = tmpdir()): ScratchFile | undefined {
  const fd = nameless(join(folder, `gapcheck-${process.pid}-${process.hrtime.bigint()}`));
  return fd === undefined ? undefined : scratchFile({ fd, closed: false });
}

function nameless(name: string): number | undefined {
  let fd: number | undefined;
  try {
    fd = openSync(name, "wx+", 0o600);
    unlinkSync(name);
    return fd;
  } catch {
    if (fd !== undefined) closeSync(fd);
    return undefined;
  }
}

function scratchFile(open: Open): ScratchFile {
  const file: ScratchFile = {
    write(bytes, position) {
      const fd = fdOf(open);
      for (let done = 0; done < bytes.length; ) {
        done += writeSync(fd, bytes, done, bytes.length - done, position + done);
      }
    },
    read(into, position) {
      const fd = fdOf(open);
      for (let done = 0; done < into.length; ) {
        const some = readSync(fd, into, done, into.length - done, position + done);
        if (some === 0) throw new Error(`a scratch file ends at ${position + done}`);
        done += some;
      }
    },
    close() {
      left.unregister(file);
      shut(open);
    },
  };
  left.register(file, open, file);
  return file;
}

function fdOf({ fd, closed }: Open): number {
  if (closed) throw new Error("a scratch file is used after it was closed");
  return fd;
}

function shut(open: Open): void {
  if (!open.closed) closeSync(open.fd);
  open.closed = true;
}
