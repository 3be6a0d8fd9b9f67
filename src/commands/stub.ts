/** `gapcheck stub`: a provider on this machine that answers, or misbehaves on demand, so that a suite can be tried without a key. */
import { ConfigError } from "../errors.ts";
import { misbehaviours, type Plan, parsePlan } from "../stub/misbehaviour.ts";
import { type Stub, startStub } from "../stub/provider.ts";

export interface StubFlags {
  readonly port?: number;
  readonly answer?: string;
  readonly latency?: number;
  readonly misbehave?: readonly string[];
  readonly list?: true;
  readonly json?: true;
}

/** Serves until SIGINT or SIGTERM. Throws `ConfigError` for a misbehaviour that there is not and for a port that is taken. */
export async function stub(flags: StubFlags): Promise<number> {
  if (flags.list) {
    process.stdout.write(`${Object.keys(misbehaviours).join("\n")}\n`);
    return 0;
  }
  const serving = await serve(flags);
  process.stdout.write(flags.json ? `${JSON.stringify(bases(serving))}\n` : greeting(serving));
  await new Promise<void>((resolve) => {
    process.once("SIGINT", resolve);
    process.once("SIGTERM", resolve);
  });
  const { requests, distinct } = serving.stats();
  await serving.close();
  if (!flags.json) process.stdout.write(`\n${requests} requests, ${distinct} different\n`);
  return 0;
}

async function serve({ port = 0, answer, latency = 0, misbehave = [] }: StubFlags): Promise<Stub> {
  const plan = planOf(misbehave);
  try {
    return await startStub({
      port,
      latencyMs: latency,
      // Without a word of the user's, the prompt comes back: exact graders then have something to grade.
      reply: ({ messages }) => answer ?? messages.at(-1)?.content ?? "",
      misbehave: plan,
      remember: 0,
    });
  } catch (thrown) {
    if (!(thrown instanceof Error && "code" in thrown && typeof thrown.code === "string")) throw thrown;
    throw new ConfigError("stub-port", `--port: cannot listen on 127.0.0.1:${port} (${thrown.code})`, {
      fix: "Choose another port, or none: a free one is then taken.",
    });
  }
}

function planOf(texts: readonly string[]): Plan {
  try {
    return parsePlan(texts);
  } catch (thrown) {
    throw new ConfigError("stub-misbehave", `--misbehave: ${thrown instanceof Error ? thrown.message : thrown}`, {
      fix: "Write a name, or name@3, name@3-5, name@3+, name@every:3 or name@model:gpt-5.4-mini; gapcheck stub --list prints the names.",
    });
  }
}

function bases({ url, openaiBase, anthropicBase }: Stub): object {
  return { url, openaiBase, anthropicBase };
}

function greeting({ openaiBase, anthropicBase }: Stub): string {
  return `The stub answers on 127.0.0.1 only, until Ctrl-C. In another terminal:

  export OPENAI_BASE_URL=${openaiBase} OPENAI_API_KEY=stub
  export ANTHROPIC_BASE_URL=${anthropicBase} ANTHROPIC_API_KEY=stub
  npx gapcheck run --ledger stub.sqlite
`;
}
