/** The peer of the bench: what a careful person writes in an afternoon, the official SDK in a p-queue. No ledger, no grading, no retry. */
import OpenAI from "openai";
import PQueue from "p-queue";

const [baseURL, calls = "1000", concurrency = "100"] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey: "none", maxRetries: 0 });
const queue = new PQueue({ concurrency: Number(concurrency) });
let characters = 0;

for (let n = 0; n < Number(calls); n++) {
  await queue.onSizeLessThan(Number(concurrency));
  void queue.add(async () => {
    const completion = await client.chat.completions.create({
      model: "bench",
      max_tokens: 64,
      messages: [
        { role: "system", content: "Answer with the word that is asked for, and nothing else." },
        { role: "user", content: `Question ${n}: which word comes after ${n}?` },
      ],
    });
    characters += completion.choices[0]?.message.content?.length ?? 0;
  });
}
await queue.onIdle();
process.stdout.write(`${characters} characters\n`);
