/** Values that JSON can hold. NaN and infinities are not among them, although the type cannot say so. */
export type JsonValue = string | number | boolean | null | readonly JsonValue[] | JsonObject;

/** A JSON object. Objects made from untrusted data have a null prototype. */
export interface JsonObject {
  readonly [key: string]: JsonValue;
}
