import { once } from "node:events";
import { connect } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { routePaths } from "#tests/access/route-paths.ts";
import { type App, startApp } from "#tests/support/app/app.ts";

const PATHS = routePaths().map(({ path }) => path.replace(/:\w+|\*/g, "7"));
const FOREIGN = "Host: other.example.test";
/** They differ from answer to answer. */
const OWN_TO_AN_ANSWER = /^(date|x-request-id): .*\r\n|(?<='nonce-|set-cookie: \w+=)[^;']*/gim;

let app: App;
let cookie: string;
beforeAll(async () => {
  app = await startApp({ env: { LOG_LEVEL: "debug" } });
  cookie = `Cookie: ${await app.login("agent@acme.test")}`;
});
afterAll(() => app?.stop());

/** The head of the answer to a request line and headers that are sent as they are. */
async function ask(line: string, ...headers: string[]): Promise<string> {
  const socket = connect(Number(new URL(app.url).port), "127.0.0.1").setEncoding("latin1");
  const head = [`${line} HTTP/1.1`, ...headers.filter(Boolean), "Connection: close"];
  socket.write(`${head.join("\r\n")}\r\n\r\n`);
  let received = "";
  while (!received.includes("\r\n\r\n")) received += (await once(socket, "data"))[0];
  socket.destroy();
  return received.slice(0, received.indexOf("\r\n\r\n") + 2).replace(OWN_TO_AN_ANSWER, "");
}

/** Both answers, without what differs from one to the next. */
function askInBothForms(method: string, path: string, ...headers: string[]) {
  const { host } = new URL(app.url);
  return Promise.all([
    ask(`${method} ${path}`, `Host: ${host}`, ...headers),
    ask(`${method} http://${host}${path}`, FOREIGN, ...headers),
  ]);
}

it.each(PATHS)("%s is answered the same whether its address is whole or a path", async (path) => {
  const evil = "Origin: http://other.example.test";
  for (const address of [path, `${path}.data`, `${path}?_data=root`]) {
    for (const [method, ...headers] of [
      ["GET"],
      ["GET", cookie],
      ["HEAD", cookie],
      ["POST", cookie, evil, "Content-Length: 0"],
      ["POST", path === "/logout" ? "" : cookie, `Origin: ${app.url}`, "Content-Length: 0"],
      ["DELETE", cookie, `Origin: ${app.url}`],
    ] as [string, ...string[]][]) {
      const [plain, absolute] = await askInBothForms(method, address, ...headers);
      expect(absolute, `${method} ${address}`).toBe(plain);
    }
  }
  expect(await ask("GET /conversations", FOREIGN, cookie)).toMatch(/^HTTP\/1\.1 200 /);
});

it("a file of the build's, too, and one that isn't there", async () => {
  for (const path of ["/favicon.svg", "/assets/missing.js", "/%2e%2e/package.json"]) {
    const [plain, absolute] = await askInBothForms("GET", path);
    expect(absolute, path).toBe(plain);
  }
});

it("the app takes the authority for its own, and no Host beside it", async () => {
  const { host } = new URL(app.url);
  const sign = (origin: string) =>
    ask(`POST http://${host}/logout`, FOREIGN, `Origin: ${origin}`, "Content-Length: 0");
  expect(await sign(app.url)).toMatch(/^HTTP\/1\.1 302 /);
  expect(await sign("http://other.example.test")).toMatch(/^HTTP\/1\.1 403 /);
});

it("F95 the log has neither the link of an invitation nor the authority", async () => {
  await ask("GET http://other.example.test/invite/1.a-token", FOREIGN);
  await ask("GET http://ada:a-token@other.example.test/invite/1.a-token", FOREIGN);
  await ask("GET ftp://other.example.test/invite/1.a-token", FOREIGN);
  await expect.poll(() => app.output().split('"/invite/…"').length - 1).toBeGreaterThanOrEqual(3);
  expect(app.output()).not.toContain("a-token");
  expect(app.output()).not.toContain("other.example.test");
});
