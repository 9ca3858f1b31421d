import { describe, expect, it } from "vitest";
import type { WithoutHop } from "#simulator/faults/kinds/definition.ts";
import type { LookupFaultInput } from "#simulator/faults/lookup.ts";
import { expectFailure, expectFile, hostileWhatsapp } from "./testing/hostile.ts";

type Fault = WithoutHop<LookupFaultInput>;

const whatsapp = hostileWhatsapp();
const on = "lookup";

/** A tap on a file whose look-up fails; always, or for the first few requests. */
const tapWith = (fault: Fault, times?: number) =>
  whatsapp.tap({ faults: [{ on, ...fault, times } as LookupFaultInput] });

describe("a look-up that is refused", () => {
  it.each<[string, Fault]>([
    ["code 100 with subcode 33", { kind: "gone" }],
    ["code 100 without a subcode", { kind: "error", code: 100 }],
    ["code 100/33 with status 404", { kind: "error", status: 404, code: 100, subcode: 33 }],
  ])("F29 %s is a 410, remembered for a while", async (_, fault) => {
    const tap = await tapWith(fault, 1);
    expectFailure(tap, 410, "gone");
    expectFailure(await whatsapp.tapAgain(tap), 410, "gone");
    expect(whatsapp.asked(tap, "lookup")).toHaveLength(1);
  });

  it("F29 code 100 with another subcode says nothing of the file, and is a 502", async () => {
    expectFailure(await tapWith({ kind: "error", code: 100, subcode: 7 }), 502, "upstream");
  });

  it.each<[number, number, number?]>([
    [401, 190, 463],
    [401, 190],
    [401, 0],
    [401, 104],
    [403, 10],
    [403, 200],
    [403, 299],
    [403, 368],
    [403, 131005],
    [403, 131031],
    [500, 3],
  ])(
    "F30 %i with code %i is a 502 that is not tried again and signs nobody out",
    async (status, code, subcode) => {
      const tap = await tapWith({ kind: "error", status, code, subcode });
      expectFailure(tap, 502, "refused");
      expect(whatsapp.asked(tap, "lookup")).toHaveLength(1);
      const headers = { Cookie: whatsapp.cookie() };
      expect((await fetch(`${whatsapp.app().url}/conversations`, { headers })).status).toBe(200);
    },
  );
});

describe("a look-up that fails", () => {
  const passing: [string, Fault][] = [
    ["a 500", { kind: "serverError", status: 500 }],
    ["a 503", { kind: "serverError", status: 503 }],
    ["a gateway's page with 502", { kind: "serverError", status: 502 }],
    ["code 1 with status 400", { kind: "error", status: 400, code: 1 }],
    ["code 131016", { kind: "error", status: 500, code: 131016 }],
    ["code 133004", { kind: "error", status: 503, code: 133004 }],
    ["a connection that is reset", { kind: "hangUp", ending: "rst" }],
    ["a connection that ends without an answer", { kind: "hangUp" }],
    ["half a status line", { kind: "hangUp", sent: "HTTP/1.1 20" }],
    ["another protocol", { kind: "hangUp", sent: "SSH-2.0-server\r\n" }],
    ["an answer that breaks off in the middle", { kind: "truncate", afterBytes: 50 }],
    [
      "an answer that is reset before its last byte",
      { kind: "truncate", afterBytes: 200, ending: "rst" },
    ],
  ];

  it.each(passing)("F32 F49 after %s is tried again, and the file comes", async (_, fault) => {
    const tap = await tapWith(fault, 1);
    expectFile(tap);
    expect(whatsapp.asked(tap, "lookup")).toHaveLength(2);
  });

  it.each(passing)("F32 F49 after %s, again and again, is a 502 in the end", async (_, fault) => {
    const tap = await tapWith(fault);
    expectFailure(tap, 502, "upstream");
    expect(whatsapp.asked(tap, "lookup")).toHaveLength(3);
  });

  it.each<[string, Fault]>([
    ["slow", { kind: "slow", ms: 400 }],
    ["slow with its headers", { kind: "slowHeaders", ms: 400 }],
    ["slow with its body", { kind: "trickle", bytesPerSecond: 1_000 }],
  ])("F33 that is %s, within its deadline, is waited for", async (_, fault) => {
    expectFile(await tapWith(fault));
  });
});

describe("a look-up that is no look-up", () => {
  const padding = "x".repeat(70_000);
  it.each<[string, Fault]>([
    ["nothing", { kind: "malformed", body: "" }],
    ["half an object", { kind: "malformed" }],
    ["null", { kind: "malformed", body: "null" }],
    ["a number", { kind: "malformed", body: "7" }],
    ["a string", { kind: "malformed", body: '"http://127.0.0.1/"' }],
    ["an array", { kind: "malformed", body: "[]" }],
    ["an empty object", { kind: "malformed", body: "{}" }],
    ["an HTML page", { kind: "malformed", body: "<html></html>", mimeType: "text/html" }],
    ["bytes that are no UTF-8", { kind: "malformed", body: "\xff\xfe{}" }],
    ["100,000 arrays in one another", { kind: "malformed", body: "[".repeat(100_000) }],
    ["a success without a body", { kind: "malformed", body: "", status: 204 }],
    ["an error without a code", { kind: "malformed", body: '{"error":"no"}', status: 400 }],
    ["a look-up of more than 64 kB", { kind: "fields", fields: { padding } }],
    ["a look-up that doesn't end", { kind: "oversize", extraBytes: 200_000_000 }],
    ["a look-up whose URL is a number", { kind: "fields", fields: { url: 7 } }],
    ["a look-up whose size is negative", { kind: "fields", fields: { file_size: -1 } }],
    [
      "a look-up with another hash than the webhook",
      { kind: "fields", fields: { sha256: "0".repeat(64) } },
    ],
    ["a compressed look-up", { kind: "encoding" }],
    ["a small look-up that expands to 64 MB", { kind: "bomb" }],
  ])("F46 F48 but %s is a 502, bounded", async (_, fault) => {
    const tap = await tapWith(fault);
    expectFailure(tap, 502, "upstream");
    const [request, ...more] = whatsapp.asked(tap, "lookup");
    expect(more).toEqual([]);
    expect(request?.bytesSent).toBeLessThan(10_000_000);
    expect(whatsapp.asked(tap, "download")).toEqual([]);
  });

  it.each<[string, Fault]>([
    ["a size that is a string", { kind: "fields", fields: { file_size: "100000" } }],
    ["no type and no size", { kind: "fields", fields: { mime_type: null, file_size: null } }],
    ["fields of the future", { kind: "fields", fields: { x: { y: [1, { z: "[".repeat(9) }] } } }],
    ["harmful headers", { kind: "extraHeaders" }],
    ["no Content-Length", { kind: "chunked" }],
  ])("F48 F50 with %s is as good as any", async (_, fault) => {
    expectFile(await tapWith(fault));
  });
});

describe("a look-up that leads astray", () => {
  const port = () => new URL(whatsapp.app().simulator.url).port;
  it.each<[string, () => string]>([
    ["another host", () => `${whatsapp.elsewhere().url}/file`],
    ["another host, by https", () => "https://media.elsewhere.test/file"],
    ["a host that begins like an allowed one", () => `http://127.0.0.1:${port()}.elsewhere.test/`],
    ["an allowed host as user of another", () => `http://127.0.0.1:${port()}@127.0.0.1:1/file`],
    ["an allowed host with a password", () => `http://user:secret@127.0.0.1:${port()}/file`],
    ["another name of an allowed host", () => `http://localhost:${port()}/file`],
    ["another port of an allowed host", () => "http://127.0.0.1:1/file"],
    ["a cloud's metadata", () => "http://169.254.169.254/latest/meta-data/"],
    ["a private address, by https", () => "https://10.0.0.1/file"],
    ["loopback by IPv6", () => `http://[::1]:${port()}/file`],
    ["a private address as IPv6", () => "https://[::ffff:10.0.0.1]/file"],
    ["a file of the server", () => "file:///etc/passwd"],
    ["data", () => "data:image/jpeg;base64,/9j/"],
    ["a script", () => "javascript:alert(1)"],
    ["a path", () => "/whatsapp_business/attachments/"],
    ["nothing", () => ""],
  ])("F40 to %s is refused before anybody is asked", async (_, url) => {
    const tap = await tapWith({ kind: "fields", fields: { url: url() } });
    expectFailure(tap, 502, "upstream");
    expect(whatsapp.asked(tap, "download")).toEqual([]);
  });

  it.each([301, 302, 303, 307, 308] as const)(
    "F39 F41 with %i elsewhere or to itself is not followed",
    async (status) => {
      const location = `${whatsapp.elsewhere().url}/v25.0/1`;
      const away = await tapWith({ kind: "redirect", location, status });
      const loop = await tapWith({ kind: "redirectLoop", status });
      for (const tap of [away, loop]) {
        expectFailure(tap, 502, "upstream");
        expect(whatsapp.asked(tap, "lookup")).toHaveLength(1);
      }
    },
  );
});
