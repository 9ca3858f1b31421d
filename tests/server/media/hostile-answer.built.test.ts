import { describe, expect, it } from "vitest";
import type { DownloadFaultInput } from "#simulator/faults/download.ts";
import type { WithoutHop } from "#simulator/faults/kinds/definition.ts";
import { startSimulator } from "#simulator/server.ts";
import { freePort } from "#tests/support/app/free-port.ts";
import type { Client } from "./testing/client.ts";
import { expectFailure, expectFile, hostileWhatsapp } from "./testing/hostile.ts";

type Fault = WithoutHop<DownloadFaultInput>;

/** No resolver takes a label of more than 63 characters, so none asks the network for it. */
const UNRESOLVABLE = `${"a".repeat(64)}.test`;
const nobody = `127.0.0.1:${await freePort()}`;
const whatsapp = hostileWhatsapp(async () => {
  const simulator = await startSimulator();
  const hosts = [new URL(simulator.url).host, nobody, UNRESOLVABLE];
  return { simulator, env: { WHATSAPP_MEDIA_HOSTS: hosts.join() } };
});

/** A tap on a file whose download fails; always, or for the first few requests. */
const tapWith = (fault: Fault, { times, client }: { times?: number; client?: Client } = {}) =>
  whatsapp.tap({ faults: [{ on: "download", ...fault, times } as DownloadFaultInput], client });

describe("a download URL that has gone stale", () => {
  const stale: [number, Fault][] = [
    [404, { kind: "gone" }],
    [401, { kind: "unauthorized", status: 401 }],
    [403, { kind: "unauthorized", status: 403 }],
  ];

  it.each(stale)("F27 answers %i once: the file is looked up again and comes", async (_, fault) => {
    const tap = await tapWith(fault, { times: 1 });
    expectFile(tap);
    const part = await whatsapp.tapAgain(tap, { range: "bytes=10-19" });
    expectFile(part, 10, 20);
    expect(whatsapp.asked(tap, "lookup")).toHaveLength(2);
  });

  it.each([
    [404, { kind: "gone" }, 410, "gone"],
    [401, { kind: "unauthorized", status: 401 }, 502, "refused"],
    [403, { kind: "unauthorized", status: 403 }, 502, "refused"],
  ] as const)(
    "F27 answers %i again after that: %j is a failure",
    async (_, fault, status, kind) => {
      const tap = await tapWith(fault);
      expectFailure(tap, status, kind);
      expect(whatsapp.asked(tap, "lookup")).toHaveLength(2);
      expect(whatsapp.asked(tap, "download")).toHaveLength(2);
    },
  );
});

describe("a download that fails before its first byte", () => {
  const passing: [string, Fault][] = [
    ["a 500", { kind: "serverError", status: 500 }],
    ["a 502", { kind: "serverError", status: 502 }],
    ["a 503", { kind: "serverError", status: 503 }],
    ["a 504", { kind: "serverError", status: 504 }],
    ["a connection that is reset", { kind: "hangUp", ending: "rst" }],
    ["a connection that ends without an answer", { kind: "hangUp" }],
    ["half of the headers", { kind: "hangUp", sent: "HTTP/1.1 200 OK\r\nContent-Le" }],
    ["another protocol", { kind: "hangUp", sent: "SSH-2.0-server\r\n" }],
    [
      "an answer with a header that has no name",
      { kind: "hangUp", sent: "HTTP/1.1 200 OK\r\n: x\r\n\r\n" },
    ],
  ];

  it.each(passing)("F32 F49 after %s is tried again, and the file comes", async (_, fault) => {
    const tap = await tapWith(fault, { times: 1 });
    expectFile(tap);
    expect(whatsapp.asked(tap, "download")).toHaveLength(2);
  });

  it.each(passing)("F32 F49 after %s, again and again, is a 502 in the end", async (_, fault) => {
    const tap = await tapWith(fault);
    expectFailure(tap, 502, "upstream");
    expect(whatsapp.asked(tap, "download")).toHaveLength(3);
  });

  it.each([
    ["a host that doesn't exist", () => `https://${UNRESOLVABLE}`],
    ["a host where nobody listens", () => `http://${nobody}`],
    ["a host that speaks no TLS", () => whatsapp.app().simulator.url.replace("http:", "https:")],
  ])("F49 at %s is a 502 that tells no more", async (_, origin) => {
    const faults = [{ on: "lookup", kind: "wrongHost", origin: origin() }] as const;
    expectFailure(await whatsapp.tap({ faults: [...faults] }), 502, "upstream");
  });

  it.each<[string, Fault]>([
    ["slow", { kind: "slow", ms: 400 }],
    ["slow with its headers", { kind: "slowHeaders", ms: 400 }],
    ["slow with its body", { kind: "trickle", bytesPerSecond: 200_000 }],
  ])("F33 but is only %s is waited for", async (_, fault) => {
    expectFile(await tapWith(fault));
  });
});

describe("a download that leads astray", () => {
  it.each([301, 302, 303, 307, 308] as const)(
    "F39 F41 with %i elsewhere, to another port, or to itself is not followed",
    async (status) => {
      const { port } = new URL(whatsapp.app().simulator.url);
      const faults: Fault[] = [
        { kind: "redirect", location: `${whatsapp.elsewhere().url}/file`, status },
        { kind: "redirect", location: "http://media.elsewhere.test/file", status },
        { kind: "redirect", location: `http://localhost:${port}/file`, status },
        { kind: "redirectLoop", status },
      ];
      for (const fault of faults) {
        const tap = await tapWith(fault);
        expectFailure(tap, 502, "upstream");
        expect(whatsapp.asked(tap, "download")).toHaveLength(1);
      }
    },
  );
});

describe("a download with a status of its own", () => {
  it.each([204, 205, 206, 304] as const)(
    "F51 a %i that nobody asked for is a 502",
    async (status) => {
      expectFailure(await tapWith({ kind: "unasked", status }), 502, "upstream");
    },
  );

  const part: Client = { range: "bytes=1000-1999" };
  it.each([204, 205, 206, 304] as const)(
    "F51 F44 a %i that isn't the part asked for is a 502",
    async (status) => {
      expectFailure(await tapWith({ kind: "unasked", status }, { client: part }), 502, "upstream");
    },
  );

  it.each(["bytes=0-99", "bytes=1000-", "bytes=-500"])(
    "F43 a 200 to the Range %s is passed on as the whole file",
    async (range) => {
      const answer = expectFile(await tapWith({ kind: "ignoreRange" }, { client: { range } }));
      expect(answer.status).toBe(200);
      expect(answer.headers["content-range"]).toBeUndefined();
    },
  );

  it.each(["start", "end", "total", "unit", "reversed", "missing"] as const)(
    "F44 a Content-Range whose %s is wrong is a 502",
    async (wrong) => {
      for (const range of ["bytes=1000-1999", "bytes=1000-", "bytes=-500"]) {
        const tap = await tapWith({ kind: "contentRange", wrong }, { client: { range } });
        expectFailure(tap, 502, "upstream");
      }
    },
  );

  it("F56 a 416 is passed on only where a Range was asked for", async () => {
    const tap = await tapWith({ kind: "unsatisfiable" }, { client: part });
    expectFailure(tap, 416, "range");
    expectFailure(await whatsapp.tapAgain(tap), 502, "upstream");
  });
});
