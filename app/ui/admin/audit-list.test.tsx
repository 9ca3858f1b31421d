import { cleanup, render, screen } from "@testing-library/react";
import { createMemoryRouter, RouterProvider } from "react-router-dom";
import { afterEach, expect, it } from "vitest";
import type { AuditedFile } from "#app/models/audit/audit-log.server.ts";
import { AuditList } from "./audit-list.tsx";

afterEach(cleanup);

const file: AuditedFile = {
  ...{ messageId: 12, conversationId: 5, mediaId: "922684793477189", type: "video", voice: false },
  ...{ status: 206, bytes: 83_000, requests: 1, outcome: "complete", seen: "likely" },
};

function list(fields: Partial<AuditedFile>) {
  const entry = {
    ...{ source: "view" as const, id: 1, at: new Date("2026-05-01T12:00:00Z") },
    ...{ kind: "media.viewed", words: "", actor: { id: 7, name: "Ada", email: "a@acme.test" } },
    ...{ subject: null, account: null, details: null, address: null, file: { ...file, ...fields } },
  };
  const page = { path: "/", element: <AuditList entries={[entry]} timeZone="UTC" /> };
  render(<RouterProvider router={createMemoryRouter([page])} />);
}

it.each([
  [{ seen: "likely" }, "Viewed: Video"],
  [{ seen: "shown", outcome: "client-left" }, "Viewed: Video"],
  [{ seen: "saved" }, "Saved: Video"],
  [{ seen: "not-shown" }, "Delivered, but not shown: Video"],
  [{ seen: null }, "Delivered: Video"],
  [{ seen: null, outcome: "client-left" }, "Delivered in part: Video"],
  [{ seen: null, outcome: "gone", bytes: 0 }, "Could not view: Video"],
] as const)("says of a file that came with %o: %s", (fields, words) => {
  list(fields);
  expect(screen.getByText(words)).toBeTruthy();
});

it("says how many parts a player asked for", () => {
  list({ requests: 42 });
  expect(screen.getByText(/83 kB in 42 parts/)).toBeTruthy();
});
