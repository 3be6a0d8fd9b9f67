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

/** Who lets a scratch file go without closing it has it closed once nothing points to it. */
const left = new FinalizationRegistry<() => void>((close) => close());

/** In the system's folder for such files, readable by its owner alone; undefined where none can be made there. */
export function openScratchFile(folder = tmpdir()): ScratchFile | undefined {
  let fd: number;
  try {
    const name = join(folder, `gapcheck-${process.pid}-${process.hrtime.bigint()}`);
    fd = openSync(name, "wx+", 0o600);
    unlinkSync(name);
  } catch {
    return undefined;
  }
  let open = true;
  const close = () => {
    if (open) closeSync(fd);
    open = false;
  };
  // A number that was given back may by now be that of another file.
  const demandOpen = () => {
    if (!open) throw new Error("a scratch file is used after it was closed");
  };
  const file: ScratchFile = {
    write(bytes, position) {
      demandOpen();
      for (let done = 0; done < bytes.length; ) {
        done += writeSync(fd, bytes, done, bytes.length - done, position + done);
      }
    },
    read(into, position) {
      demandOpen();
      for (let done = 0; done < into.length; ) {
        const some = readSync(fd, into, done, into.length - done, position + done);
        if (some === 0) throw new Error(`a scratch file ends at ${position + done}`);
        done += some;
      }
    },
    close: () => {
      left.unregister(file);
      close();
    },
  };
  left.register(file, close, file);
  return file;
}
