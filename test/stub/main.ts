/**
 * The stub provider as a process of its own: `node test/stub/main.ts --port 0 --latency 20 --misbehave reset@3`.
 * Prints one JSON line `{"url":…,"openaiBase":…,"anthropicBase":…}` when it listens; ends with SIGTERM, or (`--with-parent`) with its input.
 */
import { parseArgs } from "node:util";
import { parsePlan } from "../../src/stub/misbehaviour.ts";
import { startStub } from "../../src/stub/provider.ts";

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "0" },
    latency: { type: "string", default: "0" },
    reply: { type: "string", default: "ok" },
    misbehave: { type: "string", multiple: true, default: [] },
    remember: { type: "string", default: "0" },
    /** Ends when the parent's pipe closes, so that a killed test leaves no process behind. */
    "with-parent": { type: "boolean", default: false },
  },
});

const plan = parsePlan(values.misbehave);
const stub = await startStub({
  port: Number(values.port),
  latencyMs: Number(values.latency),
  reply: () => values.reply,
  misbehave: plan,
  remember: Number(values.remember),
});
process.stdout.write(
  `${JSON.stringify({ url: stub.url, openaiBase: stub.openaiBase, anthropicBase: stub.anthropicBase })}\n`,
);
process.on("SIGTERM", () => process.exit(0));
process.on("SIGINT", () => process.exit(0));
if (values["with-parent"]) {
  process.stdin.on("end", () => process.exit(0));
  process.stdin.resume();
}
