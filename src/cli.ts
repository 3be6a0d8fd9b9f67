#!/usr/bin/env node
/** The command: parses, dispatches, and ends with one exit code. Each command is loaded only when it is asked for. */
import { enableCompileCache } from "node:module";
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import type { BaselineCommandFlags } from "./commands/baseline.ts";
import type { CommentFlags } from "./commands/comment.ts";
import { msUntil } from "./commands/deadline.ts";
import type { InitFlags } from "./commands/init.ts";
import { withLedgerCommands } from "./commands/ledger/options.ts";
import type { MergeFlags } from "./commands/merge.ts";
import { endEarly, endProcess, holdProcess, onSuddenEnd } from "./commands/process-end.ts";
import type { RecordFlags } from "./commands/record.ts";
import { redactStreams } from "./commands/redact-streams.ts";
import type { ReportFlags } from "./commands/report.ts";
import { fitted, reportError, reportStray, unfinished } from "./commands/report-error.ts";
import type { RunFlags } from "./commands/run.ts";
import type { StubFlags } from "./commands/stub.ts";
import type { SweepFlags } from "./commands/sweep.ts";
import { packageVersion } from "./commands/version.ts";
import type { Shard } from "./engine/shard.ts";
import { ExitCode } from "./errors.ts";
import { createRedactor } from "./redact.ts";

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < 1 || value > 1e9)
    throw new InvalidArgumentError("a whole number, 1 or more, is needed");
  return value;
}

function money(text: string): number {
  const value = Number(text);
  if (!/^\d+(\.\d+)?$/.test(text))
    throw new InvalidArgumentError("an amount in US dollars is needed, such as 2 or 0.50");
  return value;
}

/** Milliseconds until then. */
function deadline(text: string): number {
  const ms = msUntil(text, new Date());
  if (ms === undefined)
    throw new InvalidArgumentError("so long from now (90s, 30m, 1h30m) or a time (06:30, 2026-12-01T06:30Z) is needed");
  if (ms <= 0) throw new InvalidArgumentError("that time is over");
  return ms;
}

function shard(text: string): Shard {
  const [, part = "", parts = ""] = /^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? [];
  if (Number(part) < 1 || Number(part) > Number(parts))
    throw new InvalidArgumentError("a share is needed, such as 2/8: the second of eight");
  return { part: Number(part), parts: Number(parts) };
}

const list = (value: string, before: readonly string[] | undefined): string[] => [...(before ?? []), value];

/** Options that choose what is run: the same for every command that reads suites. */
function withSelection(command: Command): Command {
  return command
    .argument("[files...]", "suite files; without any, every evals/**/*.eval.ts")
    .option("-s, --suite <name>", "only this suite (again for more)", list)
    .option("-c, --case <id>", "only this case (again for more)", list)
    .option("-n, --limit <count>", "only the first cases of each suite", wholeNumber)
    .option("-t, --trials <count>", "trials of each target on each case, instead of the suite's own", wholeNumber)
    .option(
      "--hang-limit <seconds>",
      "end when code of a suite does not give way for so long (default: 60)",
      wholeNumber,
    )
    .option("--ledger <file>", "where paid answers are kept (default: .gapcheck/ledger.sqlite)");
}

/** Options of the commands that compare with a baseline. */
function withBaseline(command: Command): Command {
  return withSelection(command)
    .option("--baseline <file>", "what to compare with (default: reports/baseline.json)")
    .option("--ci", "end with exit code 2 where nothing can be compared");
}

const exitCodes = `
Exit codes: 0 pass · 1 gate failed · 2 usage or configuration · 3 inconclusive · 4 incomplete (provider, disk)
            5 cannot measure (no key and not in the ledger) · 130, 143 stopped by a signal`;

// `start.js` has done it before this file was read; who starts this file itself has it for the commands at least.
enableCompileCache();

export async function main(argv: readonly string[]): Promise<number> {
  let exitCode: number = ExitCode.pass;
  const program = new Command("gapcheck")
    .description(
      "Is a better prompt enough, or do we have to fine-tune? Measures the gap on your own cases, and decides.",
    )
    .version(packageVersion(), "-v, --version")
    .exitOverride()
    .configureHelp({ helpWidth: Math.min(process.stdout.columns ?? 100, 120) })
    .addHelpText("after", exitCodes);

  withBaseline(program.command("run"))
    .description("call the models (what the ledger holds is not bought again), grade, decide, and gate")
    .option("--offline", "call nothing: use the ledger and recordings only")
    .option("--max-usd <amount>", "stop before the calls could cost more than this", money)
    .option("--max-calls <count>", "send at most so many requests, judges' and repeated ones too", wholeNumber)
    .option("--deadline <when>", "send nothing after so long (90s, 30m, 1h30m) or that time (06:30)", deadline)
    .addOption(new Option("--concurrency <count>", "most calls at once per provider account").argParser(wholeNumber))
    .addOption(
      new Option("--shard <part/parts>", "make only this share of the calls and decide nothing (docs/shards.md)")
        .argParser(shard)
        .conflicts(["offline", "baseline", "ci", "lang", "event", "mergeQueue", "sequential"]),
    )
    .addOption(
      new Option("--all-trials", "as many trials as the last look of gate.trials takes: for a baseline").conflicts([
        "trials",
        "sequential",
        "shard",
      ]),
    )
    .option("--sequential", "ask test cases look by look, and stop as soon as a verdict is given")
    .option("--json", "print the summary as JSON on standard output")
    .option("--lang <language>", "language of the page: en or zh (default: en)")
    .option("--event <name>", "the event of GitHub Actions, so that a pull request without a key is told what to do")
    .option(
      "--merge-queue",
      "a merge queue runs this check again with a key: let pull requests without one pass till then",
    )
    .action(async (files: string[], { shard: share, ...flags }: RunFlags & { readonly shard?: Shard }) => {
      if (share === undefined) {
        const { run } = await import("./commands/run.ts");
        exitCode = await run(files, flags);
      } else {
        const { runShard } = await import("./commands/run-shard.ts");
        exitCode = await runShard(files, { ...flags, shard: share });
      }
    });

  program
    .command("merge")
    .description("bring the ledgers of several machines together, and hold them against the plan; calls nothing")
    .argument("<ledgers...>", "their files")
    .option("--shards <count>", "into how many shares the plan was divided: refuse when one is missing", wholeNumber)
    .option("-s, --suite <name>", "only this suite is planned (again for more)", list)
    .option("-c, --case <id>", "only this case (again for more)", list)
    .option("-n, --limit <count>", "only the first cases of each suite", wholeNumber)
    .option("-t, --trials <count>", "trials of each target on each case, instead of the suite's own", wholeNumber)
    .option("--ledger <file>", "the ledger that is to hold them all (default: .gapcheck/ledger.sqlite)")
    .option("--json", "print the result as JSON on standard output")
    .action(async (ledgers: string[], flags: MergeFlags) => {
      const { merge } = await import("./commands/merge.ts");
      exitCode = await merge(ledgers, flags);
    });

  withSelection(program.command("plan"))
    .description("say what a run would call, what it costs at worst, and the smallest gap it can show; calls nothing")
    .option("--json", "print the plan as JSON on standard output")
    .action(async (files: string[], flags: RunFlags) => {
      const { plan } = await import("./commands/plan.ts");
      exitCode = await plan(files, flags);
    });

  program
    .command("sweep")
    .description("race the prompts of a suite's space on dev, tell the best on test, and print it as code")
    .argument("[files...]", "suite files; without any, every evals/**/*.eval.ts")
    .option("-s, --suite <name>", "only this suite (again for more)", list)
    .option("-t, --trials <count>", "trials of each prompt on each case, instead of the suite's own", wholeNumber)
    .option("--max-calls <count>", "most calls of the race on dev, those in the ledger too", wholeNumber)
    .option("--max-usd <amount>", "most that race and test may cost, at worst", money)
    .addOption(new Option("--concurrency <count>", "most calls at once per provider account").argParser(wholeNumber))
    .option("--offline", "call nothing: use the ledger and recordings only")
    .option("--json", "print what was found as JSON on standard output")
    .option(
      "--hang-limit <seconds>",
      "end when code of a suite does not give way for so long (default: 60)",
      wholeNumber,
    )
    .option("--ledger <file>", "where paid answers are kept (default: .gapcheck/ledger.sqlite)")
    .action(async (files: string[], flags: SweepFlags) => {
      const { sweep } = await import("./commands/sweep.ts");
      exitCode = await sweep(files, flags);
    });

  withBaseline(program.command("gate"))
    .description("decide again from what is stored: no call, no report")
    .option("--json", "print the decisions as JSON on standard output")
    .action(async (files: string[], flags: RunFlags) => {
      const { gateStored } = await import("./commands/gate.ts");
      exitCode = await gateStored(files, flags);
    });

  program
    .command("record")
    .description("save the answers of models in a file that replays them with recorded(); calls nothing")
    .argument("[files...]", "suite files; without any, every evals/**/*.eval.ts")
    .option("-s, --suite <name>", "only this suite (again for more)", list)
    .option("--target <name>", "only this target (again for more)", list)
    .option("-o, --out <file>", "where to (default: recordings/<suite>.jsonl)")
    .option("-t, --trials <count>", "trials of each target on each case, instead of the suite's own", wholeNumber)
    .option("--partial", "write what there is, also where answers are missing")
    .option(
      "--hang-limit <seconds>",
      "end when code of a suite does not give way for so long (default: 60)",
      wholeNumber,
    )
    .option("--ledger <file>", "where paid answers are kept (default: .gapcheck/ledger.sqlite)")
    .action(async (files: string[], flags: RecordFlags) => {
      const { record } = await import("./commands/record.ts");
      exitCode = await record(files, flags);
    });

  program
    .command("report")
    .description("write the page of a run anew from its folder; calls nothing")
    .argument("[run]", "id or folder of the run (default: the latest)")
    .option("--open", "open the page in the browser")
    .option("--lang <language>", "en or zh (default: en)")
    .action(async (name: string | undefined, flags: ReportFlags) => {
      const { report } = await import("./commands/report.ts");
      exitCode = await report(name, flags);
    });

  program
    .command("compare")
    .description("write a page of what changed between two runs, case by case; calls nothing, decides nothing")
    .argument("<before>", "id or folder of the run before")
    .argument("<after>", "id or folder of the run after; the page is written there")
    .option("--open", "open the page in the browser")
    .option("--lang <language>", "en or zh (default: en)")
    .action(async (before: string, after: string, flags: ReportFlags) => {
      const { compare } = await import("./commands/compare.ts");
      exitCode = await compare(before, after, flags);
    });

  program
    .command("init")
    .description(
      "write a first suite, its cases, the workflow and the scripts into this project, and install gapcheck there by npm where it is not; overwrites nothing",
    )
    .option("--name <name>", "name of the suite and of its files")
    .option("--provider <provider>", "who answers: openai, anthropic, or example (no key needed)")
    .option("--comment", "a second workflow too, which comments on pull requests")
    .option("--no-install", "write only: leave installing gapcheck to me")
    .option("-y, --yes", "ask nothing")
    .action(async (flags: InitFlags) => {
      const { init } = await import("./commands/init.ts");
      const { OWN_ROOT } = await import("./commands/own-package.ts");
      const { npmInstall } = await import("./commands/install-here.ts");
      exitCode = await init(flags, {
        cwd: process.cwd(),
        env: process.env,
        own: OWN_ROOT,
        npmInstall: () => npmInstall(process.cwd(), process.env),
        firstBaseline: async (suiteFile) => {
          const { baseline } = await import("./commands/baseline.ts");
          await baseline([suiteFile], { update: true });
          process.stdout.write("\n");
        },
      });
    });

  withSelection(program.command("baseline"))
    .description("show what pull requests are compared with, or write it from what is stored; calls nothing")
    .option("--baseline <file>", "the file (default: reports/baseline.json)")
    .option("--update", "replace the suites asked for by what is stored now")
    .option("--release", "freeze the present baseline as the one that small losses may not add up against")
    .option("--check", "compare main with itself, and say how often it is called a drop")
    .action(async (files: string[], flags: BaselineCommandFlags) => {
      const { baseline } = await import("./commands/baseline.ts");
      exitCode = await baseline(files, flags);
    });

  program
    .command("comment <summary>")
    .description(
      "on GitHub: say on the pull request what a run found (its summary.json), in one comment that is kept up to date",
    )
    .requiredOption("--sha <commit>", "newest commit of the pull request")
    .option("--url <address>", "where the run is")
    .action(async (file: string, flags: CommentFlags) => {
      const { comment } = await import("./commands/comment.ts");
      exitCode = await comment(file, flags);
    });

  program
    .command("stub")
    .description("serve answers on this machine, to try suites without a key (docs/stub.md)")
    .option("--port <port>", "port on 127.0.0.1 (default: a free one)", wholeNumber)
    .option("--answer <text>", "what every call is answered (default: its own last message)")
    .option("--latency <ms>", "wait before each answer, milliseconds", wholeNumber)
    .option(
      "-m, --misbehave <name[@when]>",
      "what goes wrong, such as rate-limit@3 or 500@every:10 (again for more)",
      list,
    )
    .option("--list", "print the names of what can go wrong")
    .option("--json", "print the addresses as JSON on standard output")
    .action(async (flags: StubFlags) => {
      const { stub } = await import("./commands/stub.ts");
      exitCode = await stub(flags);
    });

  withLedgerCommands(program, (code) => {
    exitCode = code;
  });

  try {
    await program.parseAsync([...argv], { from: "user" });
  } catch (thrown) {
    if (thrown instanceof CommanderError) {
      if (thrown.exitCode === 0) return ExitCode.pass;
      if (argv[0] === "run") await tellCi(ExitCode.usage, createRedactor(process.env)(thrown.message));
      return ExitCode.usage;
    }
    const said: string[] = [];
    const write = (text: string) => {
      said.push(text);
      return process.stderr.write(fitted(text, process.stderr));
    };
    exitCode = reportError(thrown, { write }, process.env);
    if (argv[0] === "run") await tellCi(exitCode, said.join(""));
    return exitCode;
  }
  return exitCode;
}

redactStreams([process.stdout, process.stderr], createRedactor(process.env));

/** What GitHub reads of a run that an error ended. */
async function tellCi(exitCode: number, message: string): Promise<void> {
  try {
    const { tellGitHubOfFailure } = await import("./commands/github-files.ts");
    tellGitHubOfFailure({ exitCode, message }, process.env);
  } catch (thrown) {
    reportError(thrown, process.stderr, process.env);
  }
}

// A closed pipe (`| head`) is no error of ours: what is left unsaid is also in the report.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

holdProcess(() => unfinished(process.env));
if (process.argv[2] === "run" && process.env.GITHUB_ACTIONS === "true") {
  // Loaded now: who tells of a sudden end cannot wait for it.
  const { tellGitHubOfFailure } = await import("./commands/github-files.ts");
  onSuddenEnd((exitCode, message) => tellGitHubOfFailure({ exitCode, message }, process.env));
}
process.on("uncaughtException", (thrown) => {
  const said: string[] = [];
  const write = (text: string) => {
    said.push(text);
    return process.stderr.write(fitted(text, process.stderr));
  };
  void endEarly(reportStray(thrown, { write }, process.env), said.join(""));
});
await endProcess(await main(process.argv.slice(2)));
