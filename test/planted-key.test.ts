/** The search that every end-to-end test ends with finds a key in each form in which keys leak: one that finds nothing would prove nothing. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { createRedactor } from "../src/redact.ts";
import { PLANTED_KEY, refuseKey, refuseKeyIn } from "./planted-key.ts";

const folder = mkdtempSync(join(tmpdir(), "gapcheck-planted-"));
afterAll(() => rmSync(folder, { recursive: true }));

const base64 = (text: string) => Buffer.from(text).toString("base64");
const forms: readonly (readonly [string, string])[] = [
  ["as it stands", PLANTED_KEY],
  ["as a JSON text", JSON.stringify({ key: PLANTED_KEY })],
  ["as a JSON text in a JSON text", JSON.stringify(JSON.stringify({ key: PLANTED_KEY }))],
  ["as a part of an address", encodeURIComponent(PLANTED_KEY)],
  ["cut in the middle", PLANTED_KEY.slice(0, 20)],
  ["cut at the front", PLANTED_KEY.slice(12)],
  ["in Base64", base64(PLANTED_KEY)],
  ["in Base64 after one byte", base64(`:${PLANTED_KEY}`)],
  ["in Base64 after two bytes", base64(`u:${PLANTED_KEY} and more`)],
  ["in hexadecimal", Buffer.from(PLANTED_KEY).toString("hex")],
];

it.each(forms)("finds a key %s, and says where", (_, text) => {
  expect(() => refuseKey("a.txt", Buffer.from(`before ${text} after`))).toThrow(
    /^a\.txt holds the planted key at byte \d+, /,
  );
});

it("finds nothing where nothing is, and nothing in what the redactor left", () => {
  expect(() => refuseKey("a.txt", Buffer.from("[STUB_KEY…6789] and nothing else"))).not.toThrow();
  const redact = createRedactor({ STUB_KEY: PLANTED_KEY });
  for (const [form, text] of forms.filter(([form]) => !/cut|hexadecimal|JSON text in/.test(form))) {
    expect(() => refuseKey(form, Buffer.from(redact(`before ${text} after`)))).not.toThrow();
  }
});

it("looks into every file of a folder, and at every name", () => {
  mkdirSync(join(folder, "deep", "er"), { recursive: true });
  writeFileSync(join(folder, "deep", "er", "clean.txt"), "nothing");
  expect(() => refuseKeyIn(folder)).not.toThrow();
  writeFileSync(join(folder, "deep", "er", "leak.bin"), Buffer.concat([Buffer.alloc(100), Buffer.from(PLANTED_KEY)]));
  expect(() => refuseKeyIn(folder)).toThrow("deep/er/leak.bin holds the planted key at byte 100, as it stands");
  rmSync(join(folder, "deep", "er", "leak.bin"));
  writeFileSync(join(folder, "deep", encodeURIComponent(PLANTED_KEY)), "nothing");
  expect(() => refuseKeyIn(folder)).toThrow("the name of deep/");
});
