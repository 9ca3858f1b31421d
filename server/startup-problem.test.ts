import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, it } from "vitest";
import { ConfigurationError } from "#app/process/env.server.ts";
import { FolderLockedError } from "#db/embedded/folder-lock.server.ts";
import { startupProblem } from "./startup-problem.ts";

it.each([new ConfigurationError("PORT is wrong"), new FolderLockedError("in use")])(
  "F99 tells a $name's message alone",
  (error) => {
    expect(startupProblem(error)).toBe(error.message);
  },
);

it("says which port is taken, and what to do", async () => {
  const first = createServer().listen(0, "127.0.0.1");
  await once(first, "listening");
  const { port } = first.address() as AddressInfo;
  const [error] = await once(createServer().listen(port, "127.0.0.1"), "error");

  expect(startupProblem(error)).toMatch(new RegExp(`127\\.0\\.0\\.1, port ${port}\\. .*set PORT`));
  first.close();
});

it("leaves a fault of ours its stack", () => {
  expect(startupProblem(new TypeError("x is not a function"))).toBeUndefined();
});
