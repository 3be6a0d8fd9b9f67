/** The events of a streamed chat completion. Whole once a choice says why it ended; usage comes in an event after that. */
import { asList, asRecord, asText } from "./reading.ts";
import type { Assembly } from "./streamed.ts";

export function chatAssembly(): Assembly {
  let model: string | undefined;
  let content = "";
  let refusal = "";
  let finish: string | undefined;
  let usage: unknown;
  return {
    take: (event) => {
      model ??= asText(event.model);
      if (asRecord(event.usage) !== undefined) usage = event.usage;
      const choice = asRecord(asList(event.choices)[0]);
      const delta = asRecord(choice?.delta);
      content += asText(delta?.content) ?? "";
      refusal += asText(delta?.refusal) ?? "";
      finish = asText(choice?.finish_reason) ?? finish;
    },
    text: () => (content === "" ? refusal : content),
    body: () => {
      if (finish === undefined) return undefined;
      return { model, usage, choices: [{ message: { content, refusal }, finish_reason: finish }] };
    },
  };
}
