/** From an answer to grades: what needs no grader first, then each grader behind a guard. A grader cannot end a run, nor hold it by waiting. */
import { toError } from "../errors.ts";
import { bothForms, gradeBefore } from "../suite/before-grading.ts";
import type { LoadedCase } from "../suite/case.ts";
import type { Answer } from "../suite/completion.ts";
import {
  type GradeContext,
  type Graded,
  type Grader,
  type Subject,
  type UngradedReason,
  ungradedProblem,
} from "../suite/grade.ts";
import { runUserCode } from "../suite/user-code.ts";
import type { World } from "../suite/world.ts";

/** Longest time that a grader may take, waiting for judges not counted. */
export const GRADER_TIMEOUT_MS = 10_000;

export interface GradeOptions {
  readonly ask: GradeContext["ask"];
  readonly world: Pick<World, "sleep">;
  /** Ends every grader at once. */
  readonly signal?: AbortSignal;
}

/** The rule that holds before any grader; one made by hand may not know it. */
export function gradeWithoutText(grader: Pick<Grader, "args">, answer: Answer): Graded | undefined {
  return gradeBefore({ answer, text: answer.text }, { cut: grader.args.cut === "grade" ? "grade" : "fail" });
}

/** Whether a grader is not even asked: what has no text costs no judge, and is not shown to a function that may not expect it. */
function isSpared({ kind, asks }: Grader, { strict }: Graded): boolean {
  return strict.kind === "declined" || kind === "custom" || asks.length > 0;
}

/** Grades one answer by one grader. Never throws: what a grader does wrong becomes `ungraded`. */
export async function gradeBy(grader: Grader, one: LoadedCase, answer: Answer, options: GradeOptions): Promise<Graded> {
  const rule = gradeWithoutText(grader, answer);
  if (rule !== undefined && isSpared(grader, rule)) return rule;
  const graded = await guarded(grader, one, answer, options);
  if (rule === undefined) return graded;
  // A grader that knows the rule adds to it, such as the items of a checklist; what any other says of no text does not count.
  return graded.strict.kind === "scored" && graded.strict.score === 0 && graded.strict.flaw !== undefined
    ? graded
    : rule;
}

async function guarded(grader: Grader, one: LoadedCase, answer: Answer, options: GradeOptions): Promise<Graded> {
  if (grader.needsExpected && one.expected === undefined) {
    return ungraded("missing-expected", `the case has no "expected", which ${grader.name} needs`);
  }
  // The suite's author vouches for the types of cases, which the compiler has seen and this code cannot know.
  const subject = { case: one, text: answer.text, answer } satisfies Subject as unknown as Subject<never, never>;
  const guard = new Guard(options);
  try {
    const given = runUserCode(
      () => `the grader "${grader.name}" on case "${one.id}"`,
      () => grader.grade(subject, guard.context),
    );
    return soundGraded(isPromised(given) ? await guard.wait(Promise.resolve(given)) : given, grader);
  } catch (thrown) {
    return ungraded("grader-threw", `${grader.name} threw: ${toError(thrown).message}`.slice(0, 300));
  } finally {
    guard.end();
  }
}

/** Made once: a reason of its own for every grade would cost more than the grade. */
const OVER = new Error("the grading is over");

/** Watches one grading: its time, less the time in which a judge is waited for. */
class Guard {
  readonly context: GradeContext;
  readonly #options: GradeOptions;
  /** Made when somebody looks: most graders answer at once and never do. */
  #controller: AbortController | undefined;
  #isOver = false;
  #asking = 0;
  /** Of the timer under way. */
  #timer: AbortController | undefined;
  #expire: (graded: Graded) => void = () => {};

  constructor(options: GradeOptions) {
    this.#options = options;
    const ended = () => this.#ended();
    this.context = {
      get signal() {
        return ended();
      },
      ask: async (...request) => {
        this.#asking++;
        this.#timer?.abort(OVER);
        try {
          return await options.ask(...request);
        } finally {
          if (--this.#asking === 0) this.#start();
        }
      },
    };
  }

  /** The grader's result, or `grader-timeout` when it does not come. */
  wait(given: Promise<Graded>): Promise<Graded> {
    return new Promise((resolve, reject) => {
      this.#expire = resolve;
      given.then(resolve, reject);
      const { signal } = this.#options;
      const stop = () => resolve(ungraded("grader-timeout", "the run was stopped"));
      if (signal?.aborted) stop();
      else signal?.addEventListener("abort", stop, { once: true, signal: this.#ended() });
      if (this.#asking === 0) this.#start();
    });
  }

  end(): void {
    this.#isOver = true;
    this.#controller?.abort(OVER);
    this.#timer?.abort(OVER);
  }

  #ended(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#isOver) this.#controller.abort(OVER);
    return this.#controller.signal;
  }

  #start(): void {
    if (this.#isOver) return;
    this.#timer?.abort(OVER);
    const timer = new AbortController();
    this.#timer = timer;
    this.#options.world.sleep(GRADER_TIMEOUT_MS, timer.signal).then(
      () => this.#expire(ungraded("grader-timeout", `no result within ${GRADER_TIMEOUT_MS / 1_000} s`)),
      () => {},
    );
  }
}

function isPromised(given: unknown): boolean {
  return typeof given === "object" && given !== null && "then" in given;
}

export function ungraded(reason: UngradedReason, why: string): Graded {
  return bothForms({ kind: "ungraded", reason, why });
}

/** A grader's result if it is one, else `ungraded`: no score that is no number from 0 to 1 goes any further. */
function soundGraded(graded: unknown, grader: Grader): Graded {
  if (typeof graded === "object" && graded !== null && "strict" in graded && "lenient" in graded) {
    const problem = problemOf(graded.strict) ?? problemOf(graded.lenient);
    if (problem === undefined) return graded as Graded;
    return ungraded("grader-threw", `${grader.name} returned ${problem}`);
  }
  return ungraded("grader-threw", `${grader.name} returned no grade`);
}

function problemOf(grade: unknown): string | undefined {
  if (typeof grade !== "object" || grade === null || !("kind" in grade)) return "no grade";
  if (grade.kind === "declined") return undefined;
  if (grade.kind === "ungraded") return ungradedProblem(grade);
  if (grade.kind !== "scored" || !("score" in grade)) return "no grade";
  if (!isShare(grade.score)) return `the score ${String(grade.score)}, which is no number from 0 to 1`;
  const parts: unknown = "parts" in grade ? grade.parts : undefined;
  if (typeof parts !== "object" || parts === null) return undefined;
  const bad = Object.entries(parts).find(([, part]) => !isShare(part));
  return bad === undefined ? undefined : `the part ${bad[0]} of ${String(bad[1])}, which is no number from 0 to 1`;
}

function isShare(value: unknown): boolean {
  return typeof value === "number" && value >= 0 && value <= 1;
}
