/**
 * Preloaded into a measured process: writes what it used to the file named in GAPCHECK_MEASURE when it ends. Plain JavaScript: the compiler that takes
 * types away would count as memory of what is measured, some 20 MB.
 */
import { writeFileSync } from "node:fs";

const file = process.env.GAPCHECK_MEASURE;

if (file !== undefined) {
  process.on("exit", () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    writeFileSync(
      file,
      JSON.stringify({
        cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
        peakMegabytes: maxRSS / 1024,
      }),
    );
  });
}
