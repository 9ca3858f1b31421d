import { expect, it } from "vitest";
import { noAbort } from "#tests/support/no-abort.ts";
import { failureResponse } from "./failure-response.server.tsx";
import { MediaFailure } from "./file/failure.ts";
import { privateHeaders } from "./headers.server.ts";
import { toMediaFailure } from "./to-media-failure.server.ts";

const request = new Request("http://localhost/media/1/view");

it("leaves a known failure as it is", () => {
  const gone = new MediaFailure("gone");
  expect(toMediaFailure(gone, noAbort)).toBe(gone);
});

it("F67 F95 answers an error of our own with the private headers, and none of its words", async () => {
  const error = new Error("Failed query: select … params: canary-secret");
  const answer = failureResponse(request, toMediaFailure(error, noAbort));
  expect(answer.status).toBe(500);
  for (const [name, value] of Object.entries(privateHeaders)) {
    expect(answer.headers.get(name)).toBe(value);
  }
  expect(await answer.text()).not.toContain("canary-secret");
});
