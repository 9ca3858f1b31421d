import { expect, it, vi } from "vitest";
import { log } from "#app/process/log.server.ts";
import { afterAnswer } from "./after-answer.server.ts";

it("waits until the answer is over", () => {
  const over = new AbortController();
  const work = vi.fn(async () => {});
  afterAnswer({ signal: over.signal }, work);
  expect(work).not.toHaveBeenCalled();
  over.abort();
  expect(work).toHaveBeenCalledOnce();
});

it.each([
  ["is over already", { signal: AbortSignal.abort() }],
  ["doesn't tell when it is over", {}],
])("begins at once when the answer %s", (_, context) => {
  const work = vi.fn(async () => {});
  afterAnswer(context, work);
  expect(work).toHaveBeenCalledOnce();
});

it("logs a failure, and leaves the process alone", async () => {
  const logged = vi.spyOn(log, "error");
  afterAnswer({}, () => Promise.reject(new Error("no database")));
  await expect.poll(() => logged.mock.calls).toMatchObject([[{ event: "aftermath.failed" }]]);
});
