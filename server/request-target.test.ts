import { afterEach, describe, expect, it } from "vitest";
import { exchangeRaw, startServer, type TestServer } from "#server/testing/listener.ts";
import type { OriginSettings } from "#server/walls/origin.ts";

let running: TestServer | undefined;
afterEach(() => running?.stop());

/** Sends a request line and headers as they are. */
async function ask(
  line: string,
  headers = ["Host: other.example.test"],
  settings: OriginSettings = { trustProxy: false },
) {
  const requests: Request[] = [];
  running = await startServer({
    settings,
    handle: async (request) => {
      requests.push(request);
      return new Response("app");
    },
  });
  const head = [line, ...headers, "Connection: close", "", ""].join("\r\n");
  const answer = await exchangeRaw(running.port, head);
  await running.stop();
  const [request] = requests;
  return {
    status: Number(answer.split(" ")[1]),
    answer,
    url: request?.url,
    host: request?.headers.get("Host"),
  };
}
const PUBLIC = { appOrigin: "https://inbox.example.test", trustProxy: false };

describe("a target in absolute form", () => {
  it.each([
    ["GET http://inbox.example.test/login HTTP/1.1", "http://inbox.example.test/login"],
    ["GET HTTP://Inbox.Example.test/login HTTP/1.1", "http://inbox.example.test/login"],
    ["GET http://inbox.example.test:8080/a?b=c HTTP/1.1", "http://inbox.example.test:8080/a?b=c"],
    ["GET http://inbox.example.test:80/a HTTP/1.1", "http://inbox.example.test/a"],
    ["GET http://[::1]:3000/a HTTP/1.1", "http://[::1]:3000/a"],
    ["GET http://inbox.example.test HTTP/1.1", "http://inbox.example.test/"],
    ["GET http://inbox.example.test?a=b HTTP/1.1", "http://inbox.example.test/?a=b"],
    ["GET http://inbox.example.test//a//b HTTP/1.1", "http://inbox.example.test//a//b"],
    ["GET http://inbox.example.test/http://a/ HTTP/1.1", "http://inbox.example.test/http://a/"],
    ["HEAD http://inbox.example.test/a HTTP/1.1", "http://inbox.example.test/a"],
  ])("names the host, whatever Host says: %s", async (line, url) => {
    const { host } = new URL(url);
    expect(await ask(line)).toMatchObject({ status: 200, url, host });
    expect(await ask(line, ["Host:"])).toMatchObject({ status: 200, url, host });
  });

  it("needs no Host in HTTP/1.0, and one in HTTP/1.1, as any other target", async () => {
    expect(await ask("GET http://a/ HTTP/1.0", [])).toMatchObject({
      status: 200,
      url: "http://a/",
    });
    expect(await ask("GET http://a/ HTTP/1.1", [])).toMatchObject({ status: 400, url: undefined });
  });

  it("gives way to APP_ORIGIN, as Host does", async () => {
    for (const scheme of ["http", "https"]) {
      expect(
        await ask(`GET ${scheme}://evil.example.test/a HTTP/1.1`, undefined, PUBLIC),
      ).toMatchObject({
        status: 200,
        url: "https://inbox.example.test/a",
        host: "inbox.example.test",
      });
    }
  });

  it("gives way to what a trusted proxy says, and to nobody else", async () => {
    const headers = [
      "Host: 10.0.0.5:3000",
      "X-Forwarded-Host: inbox.example.test",
      "X-Forwarded-Proto: https",
    ];
    const line = "GET http://10.0.0.5:3000/a HTTP/1.1";
    expect(await ask(line, headers, { trustProxy: true })).toMatchObject({
      url: "https://inbox.example.test/a",
    });
    expect(await ask(line, headers)).toMatchObject({ url: "http://10.0.0.5:3000/a" });
  });

  it.each([
    "http:///login",
    "http://",
    "http://a:99999999/",
    "http://a:/",
    "http://ada@inbox.example.test/",
    "http://ada:password@inbox.example.test/",
    "http://inbox.example.test@evil.example.test/",
    "http://inbox.example.test%2f/",
    "http://%00/",
    "http://[::1/",
    "http://a/#b",
    "http://a#b",
    "http://a/?b#c",
    "//a#b",
    "http://a/%zz",
    "http:/a",
    "http:a",
    "a:80",
  ])("is answered with 400 when it is %s", async (target) => {
    for (const settings of [{ trustProxy: false }, { trustProxy: true }, PUBLIC]) {
      const { status, url } = await ask(`GET ${target} HTTP/1.1`, undefined, settings);
      expect({ status, url }).toEqual({ status: 400, url: undefined });
    }
  });

  it.each(["https://other.example.test/", "ftp://other.example.test/", "ws://other.example.test/"])(
    "is answered with 421 when it is %s and we are asked over plain http",
    async (target) => {
      const { status, answer, url } = await ask(`GET ${target} HTTP/1.1`);
      expect({ status, url }).toEqual({ status: 421, url: undefined });
      expect(answer).toContain("http://other.example.test");
    },
  );

  it("is answered with 421 when it is ftp:, also where a proxy speaks https for us", async () => {
    expect(await ask("GET ftp://a/ HTTP/1.1", undefined, PUBLIC)).toMatchObject({ status: 421 });
  });

  it("may be https where a trusted proxy says that it is", async () => {
    const asked = (proto: string) =>
      ask("GET https://a/b HTTP/1.1", ["Host: a", `X-Forwarded-Proto: ${proto}`], {
        trustProxy: true,
      });
    expect(await asked("https")).toMatchObject({ status: 200, url: "https://a/b" });
    expect(await asked("http")).toMatchObject({ status: 421, url: undefined });
  });
});

describe("another site's form in absolute form", () => {
  const post = (target: string, ...headers: string[]) =>
    ask(`POST ${target} HTTP/1.1`, ["Content-Length: 0", ...headers]);

  it("is told by the target's authority, and not by Host", async () => {
    const target = "http://inbox.example.test/login";
    const [own, evil] = ["inbox.example.test", "evil.example.test"];
    expect(await post(target, `Host: ${evil}`, `Origin: http://${own}`)).toMatchObject({
      status: 200,
    });
    expect(await post(target, `Host: ${evil}`, `Origin: http://${evil}`)).toMatchObject({
      status: 403,
      url: undefined,
    });
    expect(await post(target, `Host: ${own}`)).toMatchObject({ status: 403, url: undefined });
  });

  it("can't make itself ours where APP_ORIGIN says which we are", async () => {
    const headers = ["Content-Length: 0", "Host: a", "Origin: http://evil.example.test"];
    const line = "POST http://evil.example.test/login HTTP/1.1";
    expect(await ask(line, headers, PUBLIC)).toMatchObject({ status: 403, url: undefined });
  });

  it("is let through to the webhook alone", async () => {
    const origin = "Origin: http://evil.example.test";
    const at = (path: string) => post(`http://inbox.example.test${path}`, "Host: a", origin);
    expect(await at("/webhooks/whatsapp")).toMatchObject({ status: 200 });
    expect(await at("/x/../webhooks/whatsapp/..")).toMatchObject({ status: 403 });
    expect(await at("//webhooks/whatsapp")).toMatchObject({ status: 403 });
  });
});

describe("a request that names two hosts", () => {
  it.each(["GET / HTTP/1.1", "GET http://a/ HTTP/1.1", "GET / HTTP/1.0"])(
    "in two Host headers is answered with 400: %s",
    async (line) => {
      for (const second of ["Host: b", "host: a", "HOST:"]) {
        const { status, url } = await ask(line, ["Host: a", second]);
        expect({ status, url }).toEqual({ status: 400, url: undefined });
      }
    },
  );
});

it("closes a connection that asks for a tunnel", async () => {
  for (const target of ["inbox.example.test:443", "http://inbox.example.test/"]) {
    expect(await ask(`CONNECT ${target} HTTP/1.1`)).toMatchObject({ answer: "", url: undefined });
  }
});
