import { describe, expect, it } from "vitest";
import { media, sendJson, startGraph, TOKEN } from "#tests/support/graph-server.ts";
import { noAbort } from "#tests/support/no-abort.ts";

/** A second host that must never hear of the token. */
const stranger = () => startGraph((_, res) => res.end("stolen"));

describe("where the token may go", () => {
  it.each([301, 302, 303, 307, 308])(
    "F39 F41 does not follow a %i of a download",
    async (status) => {
      await using other = await stranger();
      await using world = await startGraph((_, res) => {
        res.writeHead(status, { location: `${other.url}/elsewhere` }).end();
      });
      const answer = await world
        .client()
        .downloadMedia({ ...media, url: `${world.url}/file` }, noAbort);
      expect(answer.status).toBe(status);
      answer.body.destroy();
      expect(other.requests).toEqual([]);
      expect(world.requests).toHaveLength(1);
    },
  );

  it("F39 does not follow a redirect of a look-up", async () => {
    await using other = await stranger();
    await using world = await startGraph((_, res) => {
      res.writeHead(302, { location: `${other.url}/elsewhere` }).end();
    });
    await expect(world.client().lookUpMedia(media, noAbort)).rejects.toMatchObject({
      kind: "unexpected",
    });
    expect(other.requests).toEqual([]);
  });

  it.each([
    "https://evil.test/file",
    "https://lookaside.fbsbx.com.evil.test/file",
    "https://evil.test/lookaside.fbsbx.com",
    "https://lookaside.fbsbx.com@evil.test/file",
    "https://user:password@lookaside.fbsbx.com/file",
    "https://user@lookaside.fbsbx.com/file",
    "https://lookaside.fbsbx.com:8443/file",
    "https://lookaside.fbsbx.com./file",
    "https://sub.lookaside.fbsbx.com/file",
    "http://lookaside.fbsbx.com/file",
    "https://10.0.0.1/file",
    "https://169.254.169.254/latest/meta-data",
    "https://[::ffff:127.0.0.1]/file",
    "http://localhost.evil.test/file",
    "ftp://lookaside.fbsbx.com/file",
    "file:///etc/passwd",
    "javascript:alert(1)",
    "data:text/html,x",
  ])("F40 refuses %s, from a look-up and as a download", async (url) => {
    await using world = await startGraph((_, res) => sendJson(res, 200, { url }));
    const client = world.client({ mediaHosts: ["lookaside.fbsbx.com"] });
    await expect(client.lookUpMedia(media, noAbort)).rejects.toMatchObject({ kind: "unexpected" });
    await expect(client.downloadMedia({ ...media, url }, noAbort)).rejects.toMatchObject({
      kind: "unexpected",
    });
  });

  it("F40 refuses plain http on an allowed host that is not this machine", async () => {
    await using world = await startGraph((_, res) => res.end());
    const client = world.client({ mediaHosts: ["media.test", "10.0.0.1"] });
    for (const url of ["http://media.test/file", "http://10.0.0.1/file"]) {
      await expect(client.downloadMedia({ ...media, url }, noAbort)).rejects.toMatchObject({
        kind: "unexpected",
      });
    }
  });

  it("F40 refuses another port of this machine", async () => {
    await using other = await stranger();
    await using world = await startGraph((_, res) => {
      sendJson(res, 200, { url: `${other.url}/file` });
    });
    await expect(world.client().lookUpMedia(media, noAbort)).rejects.toThrow(
      "WHATSAPP_MEDIA_HOSTS",
    );
    expect(other.requests).toEqual([]);
  });

  it("lets a host in whatever the case of its name", async () => {
    await using world = await startGraph((_, res) => {
      sendJson(res, 200, { url: "https://LookAside.FbsBX.com/file" });
    });
    const client = world.client({ mediaHosts: ["lookaside.fbsbx.com"] });
    expect(await client.lookUpMedia(media, noAbort)).toMatchObject({ mimeType: null });
  });
});

it("never puts the token in an address", async () => {
  await using world = await startGraph((_, res) => {
    sendJson(res, 200, { url: `${world.url}/download` });
  });
  const client = world.client();
  const { url } = await client.lookUpMedia(media, noAbort);
  (await client.downloadMedia({ ...media, url }, noAbort)).body.destroy();
  for (const { url } of world.requests) expect(url).not.toContain(TOKEN);
});
