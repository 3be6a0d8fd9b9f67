/** The head of a target's answers in a recording: who gave them, how it was asked, and what it costs. */
import { ConfigError } from "../errors.ts";
import type { JsonObject, JsonValue } from "../suite/json.ts";
import type { Parameters, Price, Rates } from "../suite/model.ts";
import { wrongParameter } from "./parameters.ts";
import { checkPrice } from "./prices.ts";
import { asRecord, asText, type JsonRecord } from "./reading.ts";

/** Stands in `recording` of every head; raised when older readers would take a line for something else. */
export const RECORDING_FORMAT = "gapcheck.recording/1";

/** Who gave answers or replies, and how. */
export interface RecordedModel {
  readonly provider: string;
  /** Model id as asked for. */
  readonly model: string;
  /** Of the model that answered, so that its calls are known again: see `Model.identity`. */
  readonly identity: JsonObject;
  /** As sent. */
  readonly parameters: Parameters;
  /** At the time of the recording; absent: unknown. */
  readonly price?: Price;
}

/** Above the answers of a target. */
export interface RecordedHead extends RecordedModel {
  readonly target: string;
}

/** Above the replies of a judge to what a grader asked. */
export interface ReplyHead extends RecordedModel {
  readonly grader: string;
  /** The model id; with a number behind it where two judges of a panel have one id. */
  readonly judge: string;
  /** The model's own parameters, before the grader's overruled them. */
  readonly own: Parameters;
}

/** What is wrong with a line, and what to do. */
export interface BadLine {
  readonly problem: string;
  readonly fix: string;
}

export function bad(problem: string, fix: string): BadLine {
  return { problem, fix };
}

const MODEL_FIELDS = ["recording", "provider", "model", "identity", "parameters", "price"];
const EFFORTS = ["minimal", "low", "medium", "high"] as const;
const RECORD_AGAIN = "Have gapcheck record write the line again.";

/** `{recording: "gapcheck.recording/1", target, provider, model, identity, parameters, price?}`. */
export function readRecordedHead(record: JsonRecord): RecordedHead | BadLine {
  const target = asText(record.target);
  if (!target) return bad("target, provider or model is missing or not a text", RECORD_AGAIN);
  const model = readModel(record, ["target"]);
  return "problem" in model ? model : { target, ...model };
}

/** `{recording: "gapcheck.recording/1", grader, judge, provider, model, identity, own, parameters, price?}`. */
export function readReplyHead(record: JsonRecord): ReplyHead | BadLine {
  const [grader, judge, own] = [asText(record.grader), asText(record.judge), readParameters(record.own)];
  if (!grader || !judge) return bad("grader or judge is missing or not a text", RECORD_AGAIN);
  if (own === undefined) return bad("own is not parameters of a call", RECORD_AGAIN);
  const model = readModel(record, ["grader", "judge", "own"]);
  return "problem" in model ? model : { grader, judge, own, ...model };
}

function readModel(record: JsonRecord, more: readonly string[]): RecordedModel | BadLine {
  if (record.recording !== RECORDING_FORMAT) {
    const fix = "Read it with the gapcheck that wrote it, or record it again.";
    return bad(`recording is not ${JSON.stringify(RECORDING_FORMAT)}`, fix);
  }
  const unknown = Object.keys(record).find((name) => !MODEL_FIELDS.includes(name) && !more.includes(name));
  if (unknown !== undefined) return bad(`no field ${JSON.stringify(unknown.slice(0, 60))}`, RECORD_AGAIN);
  const [provider, model] = [asText(record.provider), asText(record.model)];
  if (!provider || !model) return bad("target, provider or model is missing or not a text", RECORD_AGAIN);
  const identity = asObject(record.identity);
  if (identity === undefined) return bad("identity is not an object", RECORD_AGAIN);
  const parameters = readParameters(record.parameters);
  if (parameters === undefined) return bad("parameters are not those of a call", RECORD_AGAIN);
  const price = record.price === undefined ? undefined : readPrice(record.price);
  if (price !== undefined && "problem" in price) return price;
  return { provider, model, identity, parameters, ...(price !== undefined && { price }) };
}

function readParameters(given: unknown): Parameters | undefined {
  const record = asRecord(given);
  if (record === undefined) return undefined;
  const { temperature, topP, maxTokens, seed, stop, reasoningEffort, schema, extra, ...others } = record;
  if (Object.keys(others).length > 0) return undefined;
  const numbers = { temperature, topP, maxTokens, seed };
  if (Object.values(numbers).some((value) => value !== undefined && asNumber(value) === undefined)) return undefined;
  const texts = stop === undefined ? undefined : asTexts(stop);
  const effort = EFFORTS.find((word) => word === reasoningEffort);
  const [form, more] = [asRecord(schema), asObject(extra)];
  const [name, inner] = [asText(form?.name), asObject(form?.schema)];
  const lost =
    (stop !== undefined && texts === undefined) ||
    (reasoningEffort !== undefined && effort === undefined) ||
    (schema !== undefined && (name === undefined || inner === undefined)) ||
    (extra !== undefined && more === undefined);
  if (lost) return undefined;
  const read: Parameters = {
    ...(typeof temperature === "number" && { temperature }),
    ...(typeof topP === "number" && { topP }),
    ...(typeof maxTokens === "number" && { maxTokens }),
    ...(typeof seed === "number" && { seed }),
    ...(texts !== undefined && { stop: texts }),
    ...(effort !== undefined && { reasoningEffort: effort }),
    ...(name !== undefined && inner !== undefined && { schema: { name, schema: inner } }),
    ...(more !== undefined && { extra: more }),
  };
  return wrongParameter(read) === undefined ? read : undefined;
}

function readPrice(given: unknown): Price | BadLine {
  const wrong = bad("price is not a price", RECORD_AGAIN);
  const record = asRecord(given);
  const rates = readRates(record);
  if (record === undefined || rates === undefined) return wrong;
  const { longContext, cacheMinimumTokens, batchDiscount, asOf, source } = record;
  const [day, from] = [asText(asOf), asText(source)];
  const long = longContext === undefined ? undefined : readRates(asRecord(longContext));
  const above = asNumber(asRecord(longContext)?.above);
  if (day === undefined || from === undefined) return wrong;
  if (longContext !== undefined && (long === undefined || above === undefined)) return wrong;
  const price: Price = {
    ...rates,
    ...(long !== undefined && above !== undefined && { longContext: { ...long, above } }),
    ...(typeof cacheMinimumTokens === "number" && { cacheMinimumTokens }),
    ...(typeof batchDiscount === "number" && { batchDiscount }),
    asOf: day,
    source: from,
  };
  try {
    checkPrice("the recording", price);
    return price;
  } catch (thrown) {
    if (thrown instanceof ConfigError) return bad(thrown.message, thrown.fix);
    throw thrown;
  }
}

function readRates(record: JsonRecord | undefined): Rates | undefined {
  const [inputPerMillion, outputPerMillion] = [asNumber(record?.inputPerMillion), asNumber(record?.outputPerMillion)];
  if (inputPerMillion === undefined || outputPerMillion === undefined) return undefined;
  const [cachedInputPerMillion, cacheWritePerMillion] = [
    asNumber(record?.cachedInputPerMillion),
    asNumber(record?.cacheWritePerMillion),
  ];
  return {
    inputPerMillion,
    outputPerMillion,
    ...(cachedInputPerMillion !== undefined && { cachedInputPerMillion }),
    ...(cacheWritePerMillion !== undefined && { cacheWritePerMillion }),
  };
}

function asNumber(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}

function asTexts(value: unknown): readonly string[] | undefined {
  return Array.isArray(value) && value.every((item) => typeof item === "string") ? value : undefined;
}

/** What a JSON parser made holds JSON all the way down. */
function asObject(value: unknown): JsonObject | undefined {
  return isObject(value) ? value : undefined;
}

function isObject(value: unknown): value is { readonly [key: string]: JsonValue } {
  return asRecord(value) !== undefined;
}
