/** The sealed evaluation sets: whole, consistent in themselves, and the very bytes that were sealed. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { Case } from "../suite/case.ts";
import { checkCase } from "./check-case.ts";

const REASONS = ["billing_error", "cancel_order", "delivery_delay", "login_problem", "refund_status"];
const NUMBERS = "one two three four five six seven eight nine".split(" ");
const COLOURS = "red blue green black white yellow grey brown".split(" ");
const CITIES =
  "Boston Denver Dublin London Madrid Milan Oslo Paris Prague Rome Seattle Sydney Tokyo Vienna Zurich Berlin".split(
    " ",
  );
const NAMES =
  "Anna Ben Carla David Elena Frank Grace Henry Irene Jack Karen Leo Maria Noah Olga Paul Rita Sam Tina Victor Wendy Zoe".split(
    " ",
  );
const PRODUCTS =
  "headset speaker microphone soundbar kettle toaster blender juicer printer lamp chair keyboard monitor helmet treadmill racket suitcase backpack pillow tent mower hose ladder drill".split(
    " ",
  );
const POLICIES: Readonly<Record<string, string>> = {
  delivery_delay: "within two days",
  billing_error: "within three days",
  login_problem: "by email",
  cancel_order: "nothing will be charged",
  refund_status: "within five days",
};
const ATTRIBUTES = ["warranty", "weight", "colour", "origin", "price"];

const folder = new URL("../../datasets/", import.meta.url);
const bytes = (name: string) => readFileSync(new URL(name, folder));
const rows = (name: string) =>
  bytes(name)
    .toString("utf8")
    .trimEnd()
    .split("\n")
    .map((line): unknown => JSON.parse(line));

interface Order {
  readonly items: readonly { readonly product: string; readonly quantity: number }[];
  readonly city: string;
}
type Sheet = Readonly<Record<string, string>>;

/** The rows of a set as cases, the shape of `expected` being what the set's own test checks. */
function casesOf<Input, Expected>(name: string): readonly Case<Input, Expected>[] {
  return rows(name).map((row, index) => {
    const checked = checkCase(row, { file: name, line: index + 1 });
    if (!checked.ok) throw checked.mistakes[0];
    return checked.case as Case<Input, Expected>;
  });
}
const tally = (values: readonly string[]) =>
  Object.fromEntries([...new Set(values)].sort().map((value) => [value, values.filter((v) => v === value).length]));
const mentions = (text: string, words: readonly string[]) =>
  [...text.matchAll(new RegExp(`\\b(${words.join("|")})s?\\b`, "gi"))].map(([, word = ""]) => word);

const routing = casesOf<{ message: string }, string>("intent-routing.jsonl");
const replies = casesOf<{ message: string }, { reason: string; name: string; product?: string; policy: string }>(
  "support-reply.jsonl",
);
const orders = casesOf<{ message: string }, Order>("order-extraction.jsonl");
const facts = casesOf<{ question: string; sheet: string }, { answer: string; known: boolean }>("product-facts.jsonl");
const sheet = rows("product-facts.sheet.jsonl") as readonly Sheet[];

describe("sealed sets", () => {
  const sets: readonly (readonly [string, readonly Case<object, unknown>[]])[] = [
    ["intent-routing", routing],
    ["support-reply", replies],
    ["order-extraction", orders],
    ["product-facts", facts],
  ];
  it.each(sets)("%s holds 300 different cases in plain ASCII, each with its split", (_, cases) => {
    expect(cases).toHaveLength(300);
    expect(new Set(cases.map(({ id }) => id)).size).toBe(300);
    const texts = cases.map(({ input }) => String(Object.values(input)[0]));
    expect(new Set(texts.map((text) => text.toLowerCase())).size).toBe(300);
    expect(texts.filter((text) => !/^[A-Za-z0-9 ,.:?]+$/.test(text) || text.split(" ").length >= 45)).toEqual([]);
    expect(cases.filter(({ split }) => split === "test").length).toBeGreaterThanOrEqual(215);
    expect(cases.filter(({ split }) => split === "dev").length).toBeGreaterThanOrEqual(40);
    const sides = new Set(cases.map(({ id, cluster, split }) => `${cluster ?? id} ${split}`));
    expect(sides.size).toBe(new Set(cases.map(({ id, cluster }) => cluster ?? id)).size);
  });

  it("are the bytes that were sealed", () => {
    const files = [...sets.map(([name]) => `${name}.jsonl`), "product-facts.sheet.jsonl"].sort();
    const lines = files.map((name) => `${createHash("sha256").update(bytes(name)).digest("hex")}  ${name}\n`);
    expect(bytes("SEALED.sha256").toString("utf8")).toBe(lines.join(""));
  });

  it("route and reply 60 times for each reason, and share no message", () => {
    const even = Object.fromEntries(REASONS.map((reason) => [reason, 60]));
    expect(tally(routing.map(({ expected = "" }) => expected))).toEqual(even);
    expect(tally(replies.map(({ expected }) => expected?.reason ?? ""))).toEqual(even);
    const routed = new Set(routing.map(({ input }) => input.message));
    expect(replies.filter(({ input }) => routed.has(input.message))).toEqual([]);
  });

  const checkReply = ({ id, input, expected }: (typeof replies)[number]) => {
    const names = mentions(input.message, NAMES);
    expect([expected?.name], id).toEqual(names.length === 0 ? ["customer"] : names);
    const thing = new RegExp(`\\b(?:(?:${COLOURS.join("|")}) )?(?:${PRODUCTS.join("|")})(?=s?\\b)`, "g");
    expect(expected?.product === undefined ? [] : [expected.product], id).toEqual([
      ...new Set(input.message.match(thing)),
    ]);
    expect(expected?.policy, id).toBe(POLICIES[expected?.reason ?? ""]);
  };
  it("replies expect the name, product and policy that follow from the message", () => replies.forEach(checkReply));

  it("orders are spread evenly over steps and ordering patterns", () => {
    const steps = orders.flatMap(({ tags = [] }) => tags.filter((tag) => tag.startsWith("steps-")));
    expect(tally(steps)).toEqual(Object.fromEntries([1, 2, 3, 4, 5, 6].map((step) => [`steps-${step}`, 50])));
    const patterns = tally(orders.map(({ cluster = "" }) => cluster));
    expect(Object.keys(patterns)).toHaveLength(60);
    expect(new Set(Object.values(patterns))).toEqual(new Set([5]));
  });

  const checkOrder = ({ id, input: { message }, expected, tags = [] }: (typeof orders)[number]) => {
    const [steps = 0, things = 0, amendments = 0] = tags.map((tag) => Number(tag.replace(/\D+/, "")));
    expect(steps, id).toBe(things + amendments);
    const { items, city } = expected ?? { items: [], city: "" };
    expect(mentions(message, CITIES).at(-1), id).toBe(city);
    const quoted = new RegExp(
      `\\b(${NUMBERS.join("|")}) ((?:(?:${COLOURS.join("|")}) )?(?:${PRODUCTS.join("|")}))s?\\b`,
      "gi",
    );
    const told = [...message.matchAll(quoted)].map(([, number = "", product = ""]) => ({
      product,
      quantity: NUMBERS.indexOf(number.toLowerCase()) + 1,
    }));
    if (amendments === 0) expect(items, id).toEqual(told);
    const order = told.map(({ product }) => product);
    const places = items.map(({ product }) => order.indexOf(product));
    expect(places, id).toEqual([...places].sort((a, b) => a - b));
    expect(places, id).not.toContain(-1);
    const words = mentions(message, NUMBERS).map((word) => NUMBERS.indexOf(word.toLowerCase()) + 1);
    expect(
      items.filter(({ quantity }) => !words.includes(quantity)),
      id,
    ).toEqual([]);
    const differing = items.filter(
      (item) => !told.some((t) => t.product === item.product && t.quantity === item.quantity),
    );
    const left = new Set(mentions(message, PRODUCTS)).size - items.length;
    expect(differing.length + left, id).toBeLessThanOrEqual(amendments);
    expect(items.length, id).toBeGreaterThanOrEqual(Math.max(1, things - amendments));
    expect(items.length, id).toBeLessThanOrEqual(things + amendments);
  };
  it("orders expect what their messages order", () => orders.forEach(checkOrder));

  it("facts ask all of the sheet, in 16 or more ways for each attribute", () => {
    const models = new Map(sheet.map((line) => [line.model ?? "", line]));
    for (const { input, expected, cluster = "", tags = [] } of facts) {
      const line = models.get(cluster);
      const answer = line?.[tags[1] ?? ""] ?? "I do not know.";
      expect(expected).toEqual({ answer, known: line !== undefined });
      expect(input.question).toContain(cluster);
      if (line !== undefined) for (const fact of Object.values(line)) expect(input.sheet).toContain(fact);
      else expect(input.sheet).not.toContain(cluster);
    }
    expect(facts.filter(({ expected }) => expected?.known)).toHaveLength(200);
    for (const attribute of ATTRIBUTES) {
      const asked = facts.filter(({ tags = [] }) => tags[1] === attribute);
      const ways = new Set(asked.map(({ input, cluster = "" }) => input.question.replace(cluster, "")));
      expect([asked.length, ways.size >= 16]).toEqual([60, true]);
    }
  });
});
