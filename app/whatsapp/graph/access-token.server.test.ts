import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accessToken } from "./access-token.server.ts";

const NUMBER = "106540352242922";
let folder: string;
let file: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "access-token-"));
  file = path.join(folder, "token");
});
afterAll(() => rm(folder, { recursive: true }));

const tokenFrom = (source: Record<string, string>) =>
  accessToken(NUMBER, { NODE_ENV: "test", ...source });

describe("accessToken", () => {
  it("is the one token of all numbers", async () => {
    expect(await tokenFrom({ WHATSAPP_ACCESS_TOKEN: "for-all" })).toBe("for-all");
  });

  it("is the number's own token where there is one", async () => {
    const source = {
      WHATSAPP_ACCESS_TOKEN: "for-all",
      [`WHATSAPP_ACCESS_TOKEN_${NUMBER}`]: "own",
      WHATSAPP_ACCESS_TOKEN_106540352242923: "another's",
    };
    expect(await tokenFrom(source)).toBe("own");
  });

  it("F94 is read from the file at every call, so that a rotated one needs no restart", async () => {
    const source = { WHATSAPP_ACCESS_TOKEN_FILE: file };
    await writeFile(file, "first\n");
    expect(await tokenFrom(source)).toBe("first");
    await writeFile(file, "  second\r\n");
    expect(await tokenFrom(source)).toBe("second");
  });

  it("F94 is read from the number's own file before anything for all numbers", async () => {
    await writeFile(file, "own");
    const source = {
      WHATSAPP_ACCESS_TOKEN: "for-all",
      [`WHATSAPP_ACCESS_TOKEN_${NUMBER}_FILE`]: file,
    };
    expect(await tokenFrom(source)).toBe("own");
  });

  it("names the variables to set when there is no token", async () => {
    await expect(tokenFrom({})).rejects.toThrow(
      `set WHATSAPP_ACCESS_TOKEN or WHATSAPP_ACCESS_TOKEN_${NUMBER}`,
    );
    await expect(tokenFrom({ WHATSAPP_ACCESS_TOKEN: " " })).rejects.toThrow("No access token");
  });

  it("fails when the file is missing, instead of falling back to another number's token", async () => {
    const source = {
      WHATSAPP_ACCESS_TOKEN: "for-all",
      [`WHATSAPP_ACCESS_TOKEN_${NUMBER}_FILE`]: path.join(folder, "missing"),
    };
    await expect(tokenFrom(source)).rejects.toThrow("ENOENT");
  });
});
