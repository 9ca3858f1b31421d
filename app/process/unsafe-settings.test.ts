import { describe, expect, it } from "vitest";
import { appEnvironment } from "../../scripts/demo-environment.mjs";
import { parseEnvironment } from "./env.server.ts";

/** As openssl rand writes them. */
const strong = {
  SESSION_SECRET: "q0Yc3mJtVb8xWn1RzKd7LsPf5HgUo2Ea9TiQ4Xv6MwZyBj+/CkNrDlSeFhGuAp=",
  WHATSAPP_APP_SECRET: "3f9c1e07b8d24a6590cfe1d7482ab36e",
  WHATSAPP_VERIFY_TOKEN: "9e107d9d372bb6826bd81d3542a419d6",
  METRICS_TOKEN: "d41d8cd98f00b204e9800998ecf8427e",
};
const weak = {
  SESSION_SECRET: "test-session-secret-test-session-secret",
  WHATSAPP_APP_SECRET: "test-app-secret",
  WHATSAPP_VERIFY_TOKEN: "test-verify-token",
  METRICS_TOKEN: "metrics",
};

/** @returns what is wrong with the environment; empty when nothing is */
function problemOf(environment: Record<string, string | undefined>): string {
  try {
    const all = { WHATSAPP_ACCESS_TOKEN: "test-access-token", ...environment };
    // As in process.env, where a variable that is unset is not there at all.
    parseEnvironment(JSON.parse(JSON.stringify(all)));
    return "";
  } catch (error) {
    return (error as Error).message;
  }
}

describe("a server that others can reach", () => {
  const reachable = [
    { HOST: "0.0.0.0" },
    { HOST: "::" },
    { HOST: "192.0.2.7" },
    { APP_ORIGIN: "https://inbox.example.com" },
  ];

  it.each(reachable)("starts with strong secrets on %j", (address) => {
    expect(problemOf({ ...strong, ...address, NODE_ENV: "production" })).toBe("");
  });

  it.each(reachable)(
    "F99 is refused with the secrets of tests and of the demo on %j",
    (address) => {
      const { SESSION_SECRET, WHATSAPP_APP_SECRET, WHATSAPP_VERIFY_TOKEN } = appEnvironment;
      const demo = { SESSION_SECRET, WHATSAPP_APP_SECRET, WHATSAPP_VERIFY_TOKEN };
      for (const secrets of [weak, { ...weak, ...demo }]) {
        const problem = problemOf({ ...secrets, ...address });
        expect(problem).toMatch(/^The configuration has 4 problems/);
        for (const name of Object.keys(strong)) {
          expect(problem).toMatch(new RegExp(`^ {2}${name} .*others can reach this server`, "m"));
        }
      }
    },
  );

  it("F99 is refused with one weak secret among several, and without a word of it", () => {
    const SESSION_SECRET = `${strong.SESSION_SECRET}, changeme-changeme2-changeme3-changeme`;
    const problem = problemOf({ ...strong, SESSION_SECRET, HOST: "0.0.0.0" });
    expect(problem).toMatch(
      /^The configuration has a problem.*\n {2}SESSION_SECRET is made of words/,
    );
    expect(problem).not.toContain("changeme");
  });

  it("F99 is told of its weak secrets together with all else that is wrong, each once", () => {
    const problem = problemOf({ ...weak, SESSION_SECRET: "short", PORT: "http", HOST: "0.0.0.0" });
    expect(problem).toMatch(/^The configuration has 5 problems/);
    expect(problem.match(/SESSION_SECRET/g)).toHaveLength(1);
  });

  it("F99 is refused on a plain http address in production", () => {
    const address = { APP_ORIGIN: "http://inbox.example.com", NODE_ENV: "production" };
    expect(problemOf({ ...strong, ...address })).toMatch(/^ {2}APP_ORIGIN is plain http/m);
    expect(problemOf({ ...strong, ...address, NODE_ENV: "development" })).toBe("");
  });
});

describe("a server that only this machine can reach", () => {
  it.each([
    { HOST: "127.0.0.1" },
    { HOST: "::1" },
    { HOST: "localhost" },
    { APP_ORIGIN: "http://localhost:3000" },
    { APP_ORIGIN: "https://inbox.example.test" },
  ])("starts with secrets for tests in production on %j", (address) => {
    expect(problemOf({ ...weak, ...address, NODE_ENV: "production" })).toBe("");
  });
});
