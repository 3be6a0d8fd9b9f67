/** Removes what an earlier build left: a file that is gone from the source must not be published. */
import { rmSync } from "node:fs";

rmSync(new URL("../dist", import.meta.url), { recursive: true, force: true });
