import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { APP_SECRET, signature } from "#tests/support/webhooks.ts";
import { isSignedByMeta } from "./signature.server.ts";

const body = Buffer.from('{"object":"whatsapp_business_account"}');
const verify = (header: string | null, bytes: Uint8Array = body, secrets = [APP_SECRET]) =>
  isSignedByMeta(bytes, header, secrets);

describe("the signature of a webhook", () => {
  it("accepts what the app secret signed", () => {
    expect(verify(signature(body))).toBe(true);
    expect(verify(signature(""), new Uint8Array())).toBe(true);
  });

  it.each([
    ["missing", null],
    ["empty", ""],
    ["without a digest", "sha256="],
    ["one digit short", signature(body).slice(0, -1)],
    ["one digit long", `${signature(body)}0`],
    ["not hex", `sha256=${"g".repeat(64)}`],
    ["upper-case", signature(body).toUpperCase().replace("SHA256", "sha256")],
    ["followed by a line break", `${signature(body)}\n`],
    ["without its prefix", signature(body).slice("sha256=".length)],
    ["SHA-1", `sha1=${createHmac("sha1", APP_SECRET).update(body).digest("hex")}`],
    ["made with another secret", signature(body, "another-secret")],
    ["made with an empty secret", signature(body, "")],
  ])("F1 refuses a header that is %s", (_, header) => {
    expect(verify(header)).toBe(false);
  });

  it("F2 refuses a body changed by one byte", () => {
    for (let index = 0; index < body.length; index++) {
      const changed = Buffer.from(body);
      changed[index] = (changed[index] ?? 0) ^ 1;
      expect(verify(signature(body), changed)).toBe(false);
    }
  });

  it("F3 tells two spellings of the same JSON apart", () => {
    const escaped = Buffer.from('{"text":"\\ud83d\\ude00 \\u00e4 a\\/b"}');
    const rewritten = Buffer.from(JSON.stringify(JSON.parse(escaped.toString())));
    expect(verify(signature(escaped), escaped)).toBe(true);
    expect(verify(signature(escaped), rewritten)).toBe(false);
  });

  it("F5 accepts the old and the new secret while both are configured", () => {
    const both = ["new-secret", "old-secret"];
    expect(verify(signature(body, "new-secret"), body, both)).toBe(true);
    expect(verify(signature(body, "old-secret"), body, both)).toBe(true);
    expect(verify(signature(body, "old-secret"), body, ["new-secret"])).toBe(false);
    expect(verify(signature(body), body, [])).toBe(false);
  });
});
