/** The public door: everything that a suite file imports. */
export { type AnthropicOptions, anthropic } from "./model/anthropic.ts";
export { type FakeOptions, type FakeReply, fake } from "./model/fake.ts";
export { type OpenAIOptions, openai } from "./model/openai.ts";
export { type RecordedOptions, recorded } from "./model/recorded.ts";
export type { Case, Split } from "./suite/case.ts";
export type { CaseFile, Cases } from "./suite/cases.ts";
export { fineTuned, promptOnly } from "./suite/declare-target.ts";
export { defineSuite, type SuiteOptions } from "./suite/define.ts";
export type { Grade, Graded, Grader, ItemResult, Subject } from "./suite/grade.ts";
export type { GraderFunction, GraderResult } from "./suite/grader-function.ts";
export type { Message, Model, Parameters, Price } from "./suite/model.ts";
export type { Prompt, PromptTemplate, Shots, TextFile } from "./suite/prompt.ts";
export { csv, file, jsonl } from "./suite/references.ts";
export type { GatePolicy, Requirement } from "./suite/requirement.ts";
export type { Scenario, Suite } from "./suite/suite.ts";
export type { Target } from "./suite/target.ts";
