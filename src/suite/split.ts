/** Which cases choose the prompt (`dev`) and which tell how good it is (`test`). */
import type { Split } from "./case.ts";

export function splitOf(_cluster: string, _devShare: number): Split {
  throw new Error("not built yet");
}
