import { describe, expect, it } from "vitest";
import type { DownloadFaultInput } from "#simulator/faults/download.ts";
import type { WithoutHop } from "#simulator/faults/kinds/definition.ts";
import type { Client } from "./testing/client.ts";
import { expectFailure, expectFile, hostileWhatsapp } from "./testing/hostile.ts";

type Fault = WithoutHop<DownloadFaultInput>;

const whatsapp = hostileWhatsapp();

const tapWith = (fault: Fault, client?: Client) =>
  whatsapp.tap({ faults: [{ on: "download", ...fault } as DownloadFaultInput], client });

describe("a download with headers of its own", () => {
  it.each(["bytes=0-9", undefined])(
    "F50 passes none of them on, to the Range %s",
    async (range) => {
      const tap = await tapWith({ kind: "extraHeaders" }, range ? { range } : {});
      expectFile(tap, 0, range ? 10 : undefined);
    },
  );

  it("F50 passes none of them on with a failure either", async () => {
    const headers = { "Content-Encoding": "gzip", "Set-Cookie": "a=b", Refresh: "0; url=//x" };
    expectFailure(await tapWith({ kind: "extraHeaders", headers }), 502, "upstream");
  });

  it("F50 that are larger than any contract is a 502", async () => {
    const headers = { "X-Long": "x".repeat(100_000) };
    expectFailure(await tapWith({ kind: "extraHeaders", headers }), 502, "upstream");
  });

  it.each<[string, Fault]>([
    ["gzip", { kind: "encoding", encoding: "gzip" }],
    ["deflate", { kind: "encoding", encoding: "deflate" }],
    ["br", { kind: "encoding", encoding: "br" }],
    ["64 MB of zeros as gzip", { kind: "bomb", encoding: "gzip" }],
    ["64 MB of zeros as br", { kind: "bomb", encoding: "br" }],
    ["a lie about gzip", { kind: "extraHeaders", headers: { "Content-Encoding": "gzip" } }],
    ["an unknown encoding", { kind: "extraHeaders", headers: { "Content-Encoding": "x" } }],
  ])("F46 in %s is a 502, since identity was asked for", async (_, fault) => {
    const tap = await tapWith(fault);
    expectFailure(tap, 502, "upstream");
    expect(whatsapp.asked(tap, "download")).toMatchObject([{ acceptEncoding: "identity" }]);
  });

  it("F46 that says it is not encoded is as good as any", async () => {
    expectFile(
      await tapWith({ kind: "extraHeaders", headers: { "Content-Encoding": "identity" } }),
    );
  });
});

describe("a page instead of the file", () => {
  const types = ["text/html", "image/jpeg", "application/octet-stream", "video/mp4"];
  it.each(types)(
    "F47 an HTML page with status 200 is a 502, though it claims to be %s",
    async (mimeType) => {
      expectFailure(await tapWith({ kind: "htmlError", mimeType }), 502, "upstream");
    },
  );

  it.each(["application/json", ...types])(
    "F47 an error of Graph with status 200 is a 502, though it claims to be %s",
    async (mimeType) => {
      expectFailure(await tapWith({ kind: "jsonError", mimeType }), 502, "upstream");
    },
  );

  it.each(["<svg onload='1'>", "<?xml version='1.0'?>", "%PDF-1.7", "\x7fELF", "PK\x03\x04", "MZ"])(
    "F47 a file of the right length and type that begins with %j is a 502",
    async (begin) => {
      const faults = [{ on: "download", kind: "otherBeginning", begin } as const];
      expectFailure(await whatsapp.tap({ faults, size: 20_000 }), 502, "upstream");
    },
  );
});

describe("a file whose type is disputed", () => {
  const attachment = { "content-type": "application/octet-stream", disposition: /^attachment;/ };
  const inline = { "content-type": "image/jpeg", disposition: /^inline;/ };

  it.each([
    ["the download says it is SVG", { download: "image/svg+xml" }, attachment],
    ["the download says it is a script", { download: "text/javascript" }, attachment],
    ["the download says it is PNG", { download: "image/png" }, attachment],
    ["the download's type is none", { download: "x" }, inline],
    ["the download says the same in capitals", { download: "IMAGE/JPEG; q=1" }, inline],
    ["the look-up says it is HTML", { lookup: "text/html" }, attachment],
    ["the look-up says nothing", { lookup: null }, inline],
    ["the webhook says it is HTML", { webhook: "text/html" }, attachment],
    ["it begins like HTML, as its sender wanted", { bytes: "<!DOCTYPE html><script>" }, attachment],
  ] as const)(
    "F38 F66 because %s is shown only where that is safe",
    async (_, claims, expected) => {
      const { download, lookup, webhook, bytes }: Record<string, string | null | undefined> =
        claims;
      const tap = await whatsapp.tap({
        faults: [
          ...(download ? [{ on: "download", kind: "wrongType", mimeType: download } as const] : []),
          ...(lookup === undefined
            ? []
            : [{ on: "lookup", kind: "fields", fields: { mime_type: lookup } } as const]),
        ],
        message: {
          ...(webhook && { mediaField: { mime_type: webhook } }),
          ...(bytes && { bytes: Buffer.from(bytes), syntheticBytes: undefined }),
        },
      });
      const { headers } = expectFile(tap);
      expect(headers["content-type"]).toBe(expected["content-type"]);
      expect(headers["content-disposition"]).toMatch(expected.disposition);
    },
  );
});
