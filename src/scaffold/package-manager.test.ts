import { describe, expect, it } from "vitest";
import { packageManagerOf } from "./package-manager.ts";

describe("packageManagerOf", () => {
  const userAgent = "bun/1.4.0 npm/? node/v24.0.0 linux x64";

  it.each([
    ["what the manifest says", { declared: "pnpm@11.2.0", files: ["yarn.lock"], userAgent }, "pnpm"],
    ["the lock that lies there", { files: ["package.json", "yarn.lock"], userAgent }, "yarn"],
    ["npm's lock too", { files: ["package-lock.json"], userAgent }, "npm"],
    ["who started it", { files: [], userAgent }, "bun"],
    ["npm where nothing tells, or what nobody knows", { declared: "nmp@1", files: ["a"], userAgent: "x/1" }, "npm"],
    ["no manager of a declaration that is none", { declared: 3, files: ["bun.lockb"] }, "bun"],
  ] as const)("takes %s", (_, given, manager) => {
    expect(packageManagerOf(given)).toBe(manager);
  });
});
