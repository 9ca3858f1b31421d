import { describe, expect, it } from "vitest";
import { graphError, media, sendJson, startGraph, TOKEN } from "#tests/support/graph-server.ts";
import { noAbort } from "#tests/support/no-abort.ts";

const HEX = "49f227634806293b0995459bc310b593e1400f41591efcf07e9bced335f41942";
const NOW = Date.parse("2026-05-01T12:00:00Z");

/** A look-up answered with a URL on the same host and these fields. */
async function lookUp(fields: object, path = "/download?mid=1") {
  await using world = await startGraph((_, res) => {
    sendJson(res, 200, { url: `http://${world.host}${path}`, ...fields });
  });
  return await world.client({ now: () => NOW }).lookUpMedia(media, noAbort);
}

/** How a look-up fails that is answered with this status and body. */
async function failure(status: number, body: unknown, headers: Record<string, string> = {}) {
  await using world = await startGraph((_, res) => {
    res.writeHead(status, headers);
    res.end(typeof body === "string" ? body : JSON.stringify(body));
  });
  return await world
    .client()
    .lookUpMedia(media, noAbort)
    .then(() => "no failure", Object);
}

describe("lookUpMedia", () => {
  it("asks for the id with the number's token and a product User-Agent, and names no number", async () => {
    await using world = await startGraph((_, res) => {
      sendJson(res, 200, { url: `http://${world.host}/download` });
    });
    const numbers: string[] = [];
    const client = world.client({
      accessToken: async (number) => {
        numbers.push(number);
        return TOKEN;
      },
    });
    await client.lookUpMedia(media, noAbort);
    expect(world.requests).toMatchObject([{ method: "GET", url: "/v25.0/622684793477189" }]);
    expect(world.requests[0]?.headers).toMatchObject({
      authorization: `Bearer ${TOKEN}`,
      "user-agent": "tapview/1.0",
    });
    expect(numbers).toEqual([media.phoneNumberId]);
  });

  it("F59 escapes an id that would change the path", async () => {
    await using world = await startGraph((_, res) => sendJson(res, 400, graphError(100, 33)));
    const odd = { ...media, mediaId: "../me?fields=x#" };
    await world.client().lookUpMedia(odd, noAbort).catch(Object);
    expect(world.requests[0]?.url).toBe("/v25.0/..%2Fme%3Ffields%3Dx%23");
  });

  it("tells what WhatsApp says of the file", async () => {
    expect(
      await lookUp({
        mime_type: "image/jpeg",
        sha256: HEX,
        file_size: 303_833,
        id: "622684793477189",
        messaging_product: "whatsapp",
      }),
    ).toMatchObject({ mimeType: "image/jpeg", sha256: HEX, fileSize: 303_833 });
  });

  it.each([
    ["file_size as a string", { file_size: "303833" }, { fileSize: 303_833 }],
    ["no file_size", {}, { fileSize: null }],
    ["null for every field", { file_size: null, mime_type: null, sha256: null }, { sha256: null }],
    ["sha256 in base64", { sha256: Buffer.from(HEX, "hex").toString("base64") }, { sha256: HEX }],
    ["sha256 in upper case", { sha256: HEX.toUpperCase() }, { sha256: HEX }],
    ["a sha256 that isn't one", { sha256: "deadbeef" }, { sha256: null }],
  ])("reads %s", async (_, fields, expected) => {
    expect(await lookUp(fields)).toMatchObject(expected);
  });

  it("reads the URL's own expiry, else counts five minutes", async () => {
    expect(await lookUp({}, "/download?ext=1777637100&hash=x")).toMatchObject({
      expiresAt: 1_777_637_100_000,
    });
    for (const path of ["/download", "/download?ext=soon", "/download?ext=1", "/download?ext="]) {
      expect(await lookUp({}, path)).toMatchObject({ expiresAt: NOW + 300_000 });
    }
  });

  it("F29 tells gone from 400 with code 100 and subcode 33", async () => {
    expect(await failure(400, graphError(100, 33))).toMatchObject({ kind: "gone" });
  });

  it("F30 tells refused from 401 with code 190", async () => {
    expect(await failure(401, graphError(190))).toMatchObject({ kind: "refused" });
  });

  it.each([4, 80007, 130429, 613])(
    "F31 tells throttled from code %i with status 400 and 429",
    async (code) => {
      for (const status of [400, 429]) {
        expect(await failure(status, graphError(code), { "retry-after": "17" })).toMatchObject({
          kind: "throttled",
          retryAfterSeconds: 17,
        });
      }
    },
  );

  it("F31 tells throttled from a bare 429", async () => {
    expect(await failure(429, "slow down")).toMatchObject({ kind: "throttled" });
  });

  it.each([
    [500, graphError(2)],
    [500, graphError(131000)],
    [503, ""],
    [502, "<html><h1>502 Bad Gateway</h1></html>"],
  ])("F32 tells unavailable from %i %j", async (status, body) => {
    expect(await failure(status, body)).toMatchObject({ kind: "unavailable" });
  });

  it.each([
    ["no JSON", "<html>"],
    ["an empty body", ""],
    ["no URL", { mime_type: "image/jpeg" }],
    ["a URL that isn't one", { url: "download" }],
    ["an array", []],
    ["null", "null"],
    ["a size that isn't one", { url: "https://127.0.0.1/", file_size: "large" }],
    ["a negative size", { url: "https://127.0.0.1/", file_size: -1 }],
  ])("F48 refuses %s with status 200", async (_, body) => {
    expect(await failure(200, body)).toMatchObject({ kind: "unexpected" });
  });

  it("F48 refuses a huge answer without reading it to its end", async () => {
    let sent = 0;
    await using world = await startGraph((_, res) => {
      const more = () => {
        while (!res.destroyed && res.write(" ".repeat(16_384))) sent += 16_384;
        res.once("drain", more);
      };
      more();
    });
    await expect(world.client().lookUpMedia(media, noAbort)).rejects.toMatchObject({
      kind: "unexpected",
    });
    expect(sent).toBeLessThan(50_000_000);
  });

  it("names no token in a failure", async () => {
    const error = await failure(401, { error: { code: 190, message: `Bad token ${TOKEN}` } });
    expect(`${error} ${JSON.stringify(error)}`).not.toContain(TOKEN);
  });

  it("tells refused when the number has no token", async () => {
    await using world = await startGraph((_, res) => res.end());
    const client = world.client({
      accessToken: () => Promise.reject(new Error("No access token for the number.")),
    });
    await expect(client.lookUpMedia(media, noAbort)).rejects.toMatchObject({ kind: "refused" });
    expect(world.requests).toEqual([]);
  });
});
