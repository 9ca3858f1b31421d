import { describe, expect, it } from "vitest";
import { bytesOf } from "#tests/support/bytes-of.ts";
import { media, sendJson, startGraph } from "#tests/support/graph-server.ts";
import { noAbort } from "#tests/support/no-abort.ts";
import { waitFor } from "#tests/support/wait.ts";
import { createRetry } from "../graph/retry.ts";

type World = Awaited<ReturnType<typeof startGraph>>;

/** Counts a server's connections from now on. */
function countConnections({ server }: World) {
  const count = { ever: 0, open: 0 };
  server.on("connection", (socket) => {
    count.ever += 1;
    count.open += 1;
    socket.once("close", () => {
      count.open -= 1;
    });
  });
  return count;
}

describe("connections for files", () => {
  it("are made to both hosts ahead of a tap, and nothing is asked", async () => {
    await using files = await startGraph((_, res) => res.end("file"));
    await using graph = await startGraph((_, res) =>
      sendJson(res, 200, { url: `${files.url}/download` }),
    );
    const [toGraph, toFiles] = [countConnections(graph), countConnections(files)];
    const client = graph.client({ mediaHosts: [files.host, "another.test"] });
    client.warmUp();
    await waitFor(() => expect([toGraph.ever, toFiles.ever]).toEqual([2, 2]));
    expect([...graph.requests, ...files.requests]).toEqual([]);
    const lookup = await client.lookUpMedia(media, noAbort);
    const { body } = await client.downloadMedia({ ...media, ...lookup }, noAbort);
    expect(String(await bytesOf(body))).toBe("file");
    expect([toGraph.ever, toFiles.ever]).toEqual([2, 2]);
    client.closeWarm();
    await waitFor(() => expect([toGraph.open, toFiles.open]).toEqual([1, 1]));
  });

  it("are made to the host that handed out the last file", async () => {
    await using files = await startGraph((_, res) => res.end("file"));
    await using graph = await startGraph((_, res) =>
      sendJson(res, 200, { url: `${files.url}/download` }),
    );
    const client = graph.client({ mediaHosts: ["127.0.0.1:9", files.host] });
    const toFiles = countConnections(files);
    await client.lookUpMedia(media, noAbort);
    expect(toFiles.ever).toBe(0);
    client.warmUp();
    await waitFor(() => expect(toFiles.ever).toBe(2));
    client.closeWarm();
  });

  it("are made to the host of files while the look-up is still under way", async () => {
    await using files = await startGraph((_, res) => res.end("file"));
    const toFiles = countConnections(files);
    await using graph = await startGraph(async (_, res) => {
      await waitFor(() => expect(toFiles.ever).toBe(1));
      sendJson(res, 200, { url: `${files.url}/download` });
    });
    const client = graph.client({ mediaHosts: [files.host] });
    const lookup = await client.lookUpMedia(media, noAbort);
    await bytesOf((await client.downloadMedia({ ...media, ...lookup }, noAbort)).body);
    expect(toFiles.ever).toBe(1);
    expect(files.requests).toHaveLength(1);
    client.closeWarm();
  });

  it.each(["ends", "is reset"])(
    "F32 are replaced at once when one %s under a request",
    async (how) => {
      let answered = 0;
      await using graph = await startGraph((req, res) => {
        answered += 1;
        if (answered !== 2) sendJson(res, 200, { url: `http://${graph.host}/download` });
        else if (how === "ends") req.socket.end();
        else req.socket.resetAndDestroy();
      });
      const client = graph.client();
      const never = async () => {
        throw new Error("a pause");
      };
      const retry = createRetry({ sleep: never });
      const lookUp = () => retry(() => client.lookUpMedia(media, noAbort), noAbort);
      await lookUp();
      expect(await lookUp()).toMatchObject({ url: `http://${graph.host}/download` });
      expect(answered).toBe(3);
      client.closeWarm();
    },
  );
});
