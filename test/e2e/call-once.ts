/** One call in a process of its own, so that its memory can be measured: `node call-once.ts BASE_URL`. Prints one JSON line. */
import { openaiIn } from "../../src/model/openai.ts";
import { testRequest, testWorld } from "./model-world.ts";

const model = openaiIn({}, "m", { baseUrl: process.argv[2] ?? "" });
const before = process.resourceUsage().maxRSS;
const completion = await model.complete(testRequest({ timeoutMs: 60_000 }), testWorld());
process.stdout.write(
  `${JSON.stringify({ completion, maxRssMb: process.resourceUsage().maxRSS / 1024, beforeMb: before / 1024 })}\n`,
);
