import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { ConfigurationError, parseEnvironment } from "./env.server.ts";

const SECRET = "a-session-secret-of-more-than-32-characters";
const complete = {
  SESSION_SECRET: SECRET,
  WHATSAPP_APP_SECRET: "test-app-secret",
  WHATSAPP_VERIFY_TOKEN: "test-verify-token",
  WHATSAPP_ACCESS_TOKEN: "test-access-token",
};
/** As in process.env, where a variable that is unset is not there at all. */
const parse = (source: Record<string, string | undefined>) =>
  parseEnvironment(JSON.parse(JSON.stringify(source)));
const parseWith = (changes: Record<string, string | undefined>) =>
  parse({ ...complete, ...changes });

function problemOf(changes: Record<string, string | undefined>): string {
  try {
    parseWith(changes);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  throw new Error("The environment was accepted.");
}

describe("a complete environment", () => {
  it("needs no more than the four secrets", () => {
    expect(parse(complete)).toEqual({
      NODE_ENV: "development",
      PORT: 3000,
      HOST: "127.0.0.1",
      QUARANTINE_RETENTION_DAYS: 90,
      AUDIT_RETENTION_DAYS: 365,
      NUMBERS_ADDED_BY: "admins",
      DATA_DIR: ".data",
      SESSION_SECRET: [SECRET],
      WHATSAPP_APP_SECRET: ["test-app-secret"],
      WHATSAPP_VERIFY_TOKEN: ["test-verify-token"],
      WHATSAPP_GRAPH_URL: "https://graph.facebook.com",
      WHATSAPP_GRAPH_VERSION: "v25.0",
      WHATSAPP_MEDIA_HOSTS: ["lookaside.fbsbx.com"],
      TRUST_PROXY: false,
      LOG_LEVEL: "info",
    });
  });

  it("treats an empty variable as unset", () => {
    expect(parseWith({ PORT: "", DATABASE_URL: "", APP_ORIGIN: "" })).toMatchObject({ PORT: 3000 });
    expect(problemOf({ WHATSAPP_APP_SECRET: "" })).toContain("WHATSAPP_APP_SECRET is not set");
  });

  it("F5 takes several secrets, separated by commas", () => {
    const { WHATSAPP_APP_SECRET } = parseWith({ WHATSAPP_APP_SECRET: "new-secret, old-secret," });
    expect(WHATSAPP_APP_SECRET).toEqual(["new-secret", "old-secret"]);
  });

  it("keeps of APP_ORIGIN the origin alone", () => {
    expect(parseWith({ APP_ORIGIN: "https://Inbox.example.test/path" }).APP_ORIGIN).toBe(
      "https://inbox.example.test",
    );
  });

  it("lets WhatsApp's stand-in speak plain http on this machine", () => {
    const url = "http://127.0.0.1:3001";
    const hosts = "127.0.0.1:3001, Lookaside.fbsbx.com:443";
    const env = parseWith({ WHATSAPP_GRAPH_URL: url, WHATSAPP_MEDIA_HOSTS: hosts });
    expect(env.WHATSAPP_GRAPH_URL).toBe(url);
    expect(env.WHATSAPP_MEDIA_HOSTS).toEqual(["127.0.0.1:3001", "lookaside.fbsbx.com"]);
  });

  it.each([
    "WHATSAPP_ACCESS_TOKEN",
    "WHATSAPP_ACCESS_TOKEN_FILE",
    "WHATSAPP_ACCESS_TOKEN_106540352242922",
    "WHATSAPP_ACCESS_TOKEN_106540352242922_FILE",
  ])("is content with an access token in %s alone", (name) => {
    expect(() => parseWith({ WHATSAPP_ACCESS_TOKEN: undefined, [name]: "value" })).not.toThrow();
  });
});

describe("an environment that can't be used", () => {
  it("F99 F4 is refused with every problem at once, each naming its variable", () => {
    const problem = problemOf({
      SESSION_SECRET: "short",
      WHATSAPP_APP_SECRET: undefined,
      WHATSAPP_VERIFY_TOKEN: undefined,
      WHATSAPP_ACCESS_TOKEN: undefined,
      PORT: "http",
      DATABASE_URL: "mysql://localhost/inbox",
    });
    expect(problem).toMatch(/^The configuration has 6 problems/);
    expect(
      problem
        .split("\n")
        .slice(1)
        .map((line) => line.trim().split(" ")[0])
        .sort(),
    ).toEqual([
      "DATABASE_URL",
      "PORT",
      "SESSION_SECRET",
      "WHATSAPP_ACCESS_TOKEN",
      "WHATSAPP_APP_SECRET",
      "WHATSAPP_VERIFY_TOKEN",
    ]);
  });

  it("F95 is refused without a word of the secrets", () => {
    const problem = problemOf({
      SESSION_SECRET: "canary-1",
      WHATSAPP_APP_SECRET: "canary-2",
      DATABASE_URL: "mysql://user:canary-3@localhost/inbox",
      METRICS_TOKEN: "canary-4",
    });
    expect(problem).not.toContain("canary");
  });

  it.each([
    ["SESSION_SECRET", `${SECRET},short`, "at least 32 characters"],
    ["SESSION_SECRET", ",", "at least 32 characters"],
    ["WHATSAPP_APP_SECRET", " , ", "at least 1 character"],
    ["PORT", "65536", ""],
    ["PORT", "-1", ""],
    ["QUARANTINE_RETENTION_DAYS", "0", "at least 1"],
    ["QUARANTINE_RETENTION_DAYS", "soon", "a number of days"],
    ["AUDIT_RETENTION_DAYS", "0", "at least 1"],
    ["AUDIT_RETENTION_DAYS", "1.5", "a whole number of days"],
    ["AUDIT_RETENTION_DAYS", "36501", "at most 36500"],
    ["PORT", "3000.5", ""],
    ["NODE_ENV", "staging", ""],
    ["APP_ORIGIN", "inbox.example.test", "http or https URL"],
    ["APP_ORIGIN", "ftp://inbox.example.test", "http or https URL"],
    ["WHATSAPP_GRAPH_URL", "http://graph.facebook.com", "only for this machine"],
    ["WHATSAPP_GRAPH_URL", "http://127.0.0.1.example.test", "only for this machine"],
    ["WHATSAPP_GRAPH_VERSION", "25", "v25.0"],
    ["WHATSAPP_MEDIA_HOSTS", "https://lookaside.fbsbx.com", "host or host:port"],
    ["WHATSAPP_MEDIA_HOSTS", "*.fbsbx.com", "host or host:port"],
    ["WHATSAPP_MEDIA_HOSTS", ",", "host or host:port"],
    ["TRUST_PROXY", "maybe", "true or false"],
    ["LOG_LEVEL", "loud", ""],
    ["DATABASE_URL", "localhost:5432", "postgres://"],
  ])("F99 is refused for %s=%s", (name, value, hint) => {
    const problem = problemOf({ [name]: value });
    expect(problem).toMatch(/^The configuration has a problem/);
    expect(problem).toContain(name);
    expect(problem).toContain(hint);
  });
});

describe(".env.example", () => {
  it("explains every variable", async () => {
    const sources = await Promise.all(
      ["app/process/env.server.ts", "db/config.ts"].map((file) => readFile(file, "utf8")),
    );
    const names = sources.flatMap((source) => source.match(/(?<=^ {2})[A-Z][A-Z_]+(?=:)/gm) ?? []);
    const example = await readFile(".env.example", "utf8");
    expect(names.length).toBeGreaterThan(10);
    for (const name of names) expect(example).toMatch(new RegExp(`\\n# .+\\n#?${name}=`));
  });
});
