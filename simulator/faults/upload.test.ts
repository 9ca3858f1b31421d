import { expect, it } from "vitest";
import { upload } from "#simulator/testing/business.ts";
import { simulatorForTest } from "#simulator/testing/simulator.ts";
import { waitFor } from "#tests/support/wait.ts";
import { postFaults } from "./post.ts";
import { type UploadFaultInput, uploadFaults } from "./upload.ts";

const FILE = Buffer.alloc(4_000_000);

it.each([
  [{ kind: "refuse", code: 131053 }, 400, 131053],
  [{ kind: "throttle" }, 429, 130429],
  [{ kind: "serverError", accepted: true }, 500, 131000],
] as const)("answers an upload that meets %j with %i", async (settings, status, code) => {
  const simulator = await simulatorForTest();
  simulator.faults.add({ on: "upload", ...settings });
  const answer = await upload(simulator, Buffer.from("png"));
  expect(answer.status).toBe(status);
  expect(answer.body.error?.code).toBe(code);
  expect(simulator.media.list()).toHaveLength("accepted" in settings ? 1 : 0);
});

it.each([
  [{ kind: "interrupt", afterBytes: 100_000 }, "fault"],
  [{ kind: "interrupt", ending: "fin" }, "fault"],
  [{ kind: "stopReading", afterBytes: 100_000 }, "client-closed"],
  [{ kind: "never" }, "client-closed"],
] as const)("an upload that meets %j gets no answer", async (settings, outcome) => {
  const simulator = await simulatorForTest();
  simulator.faults.add({ on: "upload", ...settings } as UploadFaultInput);
  const answered = upload(simulator, FILE).catch((error: unknown) => error);
  await waitFor(() => expect(simulator.requests.list()[0]?.fault).toBe(settings.kind));
  if (outcome === "client-closed") await simulator.close();
  expect(await answered).toBeInstanceOf(Error);
  await waitFor(() => expect(simulator.requests.open()).toEqual([]));
  expect(simulator.requests.list()).toMatchObject([{ outcome }]);
  expect(simulator.media.list()).toHaveLength(settings.kind === "never" ? 1 : 0);
});

it("has two kinds more than what is posted otherwise", () => {
  const more = Object.keys(uploadFaults).filter((kind) => !(kind in postFaults));
  expect(more).toEqual(["interrupt", "stopReading"]);
});
