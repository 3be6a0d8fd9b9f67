/** Which process a run belongs to, and whether that process still lives: a number alone is not enough, since numbers are used again. */
import { readFileSync } from "node:fs";
import { hostname } from "node:os";

export interface Owner {
  readonly host: string;
  readonly pid: number;
  /** When the process was born, in the kernel's own words; empty where that cannot be read. */
  readonly born: string;
}

/** Start time in ticks since boot, with the boot's id (Linux, proc(5): field 22 of `stat`); empty elsewhere and for a process that is gone. */
export function bornOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The name in parentheses may hold blanks and parentheses: fields are counted from behind it.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    return `${boot}:${fields[19] ?? ""}`;
  } catch {
    return "";
  }
}

export function thisProcess(): Owner {
  return { host: hostname(), pid: process.pid, born: bornOf(process.pid) };
}

/** Whether the owner's process runs now. Of another host nobody can tell: counted as dead, so that no run waits for ever. */
export function isAlive(owner: Owner): boolean {
  if (owner.host !== hostname()) return false;
  if (owner.born !== "") return bornOf(owner.pid) === owner.born;
  try {
    process.kill(owner.pid, 0);
    return true;
  } catch (thrown) {
    // Not ours to signal, and therefore alive.
    return (thrown as NodeJS.ErrnoException).code === "EPERM";
  }
}
