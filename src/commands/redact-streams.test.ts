import { expect, it } from "vitest";
import { createRedactor } from "../redact.ts";
import { redactStreams, type Writable } from "./redact-streams.ts";

it("shows no secret, as text or as bytes, and passes on everything else as it is", () => {
  const shown: [string, unknown][] = [];
  let told = 0;
  const stream: Writable = {
    write: (chunk: string | Uint8Array, encodingOrDone?: unknown, done?: unknown): boolean => {
      shown.push([Buffer.from(chunk).toString(), typeof encodingOrDone === "function" ? undefined : encodingOrDone]);
      for (const one of [encodingOrDone, done]) if (typeof one === "function") one();
      return false;
    },
  };
  redactStreams([stream], createRedactor({ MY_KEY: "open-sesame-42" }));
  const count = (): void => {
    told += 1;
  };
  expect(stream.write("it is open-sesame-42\n")).toBe(false);
  stream.write("and 客服\n", "utf8", count);
  stream.write(Buffer.from("bytes of open-sesame-42, 客服"), count);
  const plain = Buffer.from([0xff, 0xfe, 0x00]);
  stream.write(plain);
  expect(shown[0]).toEqual(["it is [MY_KEY…e-42]\n", undefined]);
  expect(shown[1]).toEqual(["and 客服\n", "utf8"]);
  expect(shown[2]?.[0]).not.toContain("sesame");
  expect(shown[2]?.[0]).toMatch(/^bytes of \[MY_KEY.*, 客服$/);
  expect(shown[3]?.[0]).toBe(plain.toString());
  expect(told).toBe(2);
});
