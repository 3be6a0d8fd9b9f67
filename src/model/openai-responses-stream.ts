/** The events of a streamed response: the last of them holds the response whole. */
import { asRecord, asText } from "./reading.ts";
import type { Assembly } from "./streamed.ts";

const LAST: ReadonlySet<unknown> = new Set(["response.completed", "response.incomplete", "response.failed"]);

export function responsesAssembly(): Assembly {
  let text = "";
  let whole: unknown;
  return {
    take: (event) => {
      if (event.type === "response.output_text.delta" || event.type === "response.refusal.delta") {
        text += asText(event.delta) ?? "";
      }
      if (LAST.has(event.type)) whole = asRecord(event.response);
    },
    text: () => text,
    body: () => whole,
  };
}
