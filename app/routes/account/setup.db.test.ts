import { afterAll, expect, it, vi } from "vitest";
import { hasCompany } from "#app/models/people/companies.server.ts";
import { findCredentials } from "#app/models/people/credentials.server.ts";
import { closeDatabase, forDuty } from "#app/process/database.server.ts";
import { env } from "#app/process/env.server.ts";
import { log } from "#app/process/log.server.ts";
import { startOfferingSetup } from "#app/setup/first-run.server.ts";
import { setupCode } from "#app/setup/setup-code.ts";
import { waitFor } from "#tests/support/wait.ts";
import { loader as login } from "./login.tsx";
import { action, headers, loader } from "./setup.tsx";

afterAll(closeDatabase);

const filled = {
  company: "Initech",
  name: "Ines",
  email: "ines@initech.test",
  password: "a password of a few words",
  repeated: "a password of a few words",
  code: setupCode(env.SESSION_SECRET[0] as string),
};

function post(fields: Partial<typeof filled>, clientAddress = "192.0.2.1") {
  const body = new URLSearchParams({ ...filled, ...fields }).toString();
  const headers = {
    "Content-Type": "application/x-www-form-urlencoded",
    "Content-Length": String(body.length),
  };
  const request = new Request("http://localhost/setup", { method: "POST", headers, body });
  return action({ request, params: {}, context: { clientAddress } });
}

const get = (path: string) => ({
  request: new Request(`http://localhost${path}`),
  params: {},
  context: {},
});

// In their order: a database begins without a company, and never is so again.

it("without a company, /login offers /setup, and the log has its address and code, once", async () => {
  const warn = vi.spyOn(log, "warn");
  const stop = startOfferingSetup("https://inbox.test");
  await waitFor(() => expect(warn).toHaveBeenCalled());
  stop();
  expect(await loader(get("/setup"))).toBeNull();
  expect(warn.mock.calls).toEqual([
    [{ event: "setup.offered", address: "https://inbox.test/setup", code: filled.code }],
  ]);
  expect(await login(get("/login"))).toMatchObject({ notice: "setup" });
});

it("says what is wrong with what was typed, which stays, but for password and code", async () => {
  const answer = await post({ company: " ", email: "ines" });
  const { company, name, email } = { ...filled, company: " ", email: "ines" };
  expect(answer).toMatchObject({
    init: { status: 422 },
    data: { typed: { company, name, email } },
  });
  expect(JSON.stringify(answer)).not.toContain(filled.password);
  expect(JSON.stringify(answer)).not.toContain(filled.code);
  expect(await post({ repeated: "x" })).toMatchObject({ init: { status: 422 } });
});

it("a wrong code makes no company, and after five, also at once, none is looked at", async () => {
  const tries = await Promise.all([1, 2, 3, 4, 5, 6].map(() => post({ code: "wrong" })));
  const statuses = tries.map((answer) => "init" in answer && answer.init?.status);
  expect(statuses.sort()).toEqual([403, 403, 403, 403, 403, 429]);
  const late = await post({});
  const actionHeaders = new Headers("init" in late ? late.init?.headers : {});
  const none = new Headers();
  const sent = headers({
    actionHeaders,
    loaderHeaders: none,
    parentHeaders: none,
    errorHeaders: undefined,
  });
  expect(new Headers(sent).get("Retry-After")).toBe("3600");
  expect(late).toMatchObject({
    init: { status: 429 },
    data: { error: expect.stringContaining("60 minutes") },
  });
  expect(await hasCompany(forDuty("setup"))).toBe(false);
});

it("the right code, as people type it, makes one company; then /setup isn't there any more", async () => {
  const code = filled.code.toLowerCase().replaceAll("-", " ");
  const both = await Promise.allSettled([
    post({ code }, "192.0.2.2"),
    post({ code, company: "Other", email: "other@initech.test" }, "192.0.2.2"),
  ]);
  const made = both.filter(({ status }) => status === "fulfilled");
  expect(made).toMatchObject([{ value: { status: 303 } }]);
  expect(both.find(({ status }) => status === "rejected")).toMatchObject({
    reason: { status: 404 },
  });
  const admins = ["ines@initech.test", "other@initech.test"].map((email) =>
    findCredentials(forDuty("sign_in"), email),
  );
  expect((await Promise.all(admins)).filter(Boolean)).toHaveLength(1);
  await expect(loader(get("/setup"))).rejects.toMatchObject({ status: 404 });
  await expect(post({}, "192.0.2.3")).rejects.toMatchObject({ status: 404 });
  expect(await login(get("/login"))).toMatchObject({ notice: undefined });
});
