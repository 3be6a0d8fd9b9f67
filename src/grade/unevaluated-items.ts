/**
 * `unevaluatedItems` for the validator, in place of its own: that one reads "all items" and "no item", where they are known
 * only while it runs, as the numbers 1 and not-a-number, and then lets items pass unread.
 */
import type { Ajv, CodeKeywordDefinition, Name } from "ajv";
import { ajvCode, ajvOfDraft7, ajvParts } from "../suite/ajv.ts";

export function mendUnevaluatedItems(ajv: Ajv): void {
  ajv.removeKeyword("unevaluatedItems");
  ajv.addKeyword(definition());
}

function definition(): CodeKeywordDefinition {
  const { _ } = ajvOfDraft7();
  const { not } = ajvCode();
  const { alwaysValidSchema, Type } = ajvParts();
  return {
    keyword: "unevaluatedItems",
    type: "array",
    schemaType: ["boolean", "object"],
    error: { message: "must NOT have unevaluated items" },
    code: (cxt) => {
      const { gen, schema, data, it } = cxt;
      const seen = it.items ?? 0;
      if (seen === true) return;
      const length = gen.const("len", _`${data}.length`);
      const from: Name | number =
        typeof seen === "number" ? seen : gen.const("from", _`${seen} === true ? ${length} : ${seen} || 0`);
      if (schema === false) cxt.fail(_`${length} > ${from}`);
      else if (typeof schema === "object" && !alwaysValidSchema(it, schema)) {
        const valid = gen.var("valid", true);
        const all = gen.let("all", true);
        gen.forRange("i", from, length, (i) => {
          cxt.subschema({ keyword: "unevaluatedItems", dataProp: i, dataPropType: Type.Num }, valid);
          gen.if(not(valid), () => gen.assign(all, false));
        });
        cxt.ok(all);
      }
      it.items = true;
    },
  };
}
