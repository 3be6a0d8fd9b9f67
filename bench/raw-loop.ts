/** The floor of the bench: the built-in `fetch` in a number of loops. No SDK, no queue, no check of anything. */
const [baseURL, calls = "1000", concurrency = "100"] = process.argv.slice(2);
let next = 0;
let characters = 0;

async function loop(): Promise<void> {
  for (let n = next++; n < Number(calls); n = next++) {
    const response = await fetch(`${baseURL}/chat/completions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        model: "bench",
        max_tokens: 64,
        messages: [
          { role: "system", content: "Answer with the word that is asked for, and nothing else." },
          { role: "user", content: `Question ${n}: which word comes after ${n}?` },
        ],
      }),
    });
    characters += (await response.text()).length;
  }
}

await Promise.all(Array.from({ length: Number(concurrency) }, loop));
process.stdout.write(`${characters} characters\n`);
