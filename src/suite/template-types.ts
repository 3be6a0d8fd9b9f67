/** Templates for the compiler: the names in a literal template, and the names that a case's input offers. */

type Blank = " " | "\t";

type Trim<Text extends string> = Text extends `${Blank}${infer Rest}`
  ? Trim<Rest>
  : Text extends `${infer Rest}${Blank}`
    ? Trim<Rest>
    : Text;

/** `customer.name` needs the field `customer`. */
type FieldIn<Name extends string> = Name extends `${infer Field}.${string}` ? Field : Name;

type Scan<Text extends string, Found extends string> = Text extends `${infer Before}{{${infer After}`
  ? Before extends `${string}\\`
    ? Before extends `${string}\\\\`
      ? TakeName<After, Found>
      : Scan<After, Found>
    : TakeName<After, Found>
  : Found;

type TakeName<Text extends string, Found extends string> = Text extends `${infer Name}}}${infer After}`
  ? Scan<After, Found | FieldIn<Trim<Name>>>
  : Found;

/**
 * Names that a literal template takes from the input: `"Hi {{name}}"` gives `"name"`. A template that the compiler knows only as `string`
 * gives `never`, that is: it is checked when the suite is loaded, not here.
 */
export type NamesIn<Text extends string> = Text extends unknown
  ? string extends Text
    ? never
    : Scan<Text, never>
  : never;

/**
 * Names that an input offers: the fields of an object, `"input"` for a string, and any name at all where the cases carry no types.
 */
export type FieldsOf<Input> = [Input] extends [never]
  ? string
  : unknown extends Input
    ? string
    : Input extends string
      ? "input"
      : Extract<keyof Input, string>;
