import { afterAll, expect, it, vi } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import { whatsappAccounts } from "#db/schema.ts";
import { db } from "#db/testing/owner.ts";
import { addOffice } from "#tests/support/office.server.ts";
import { signIn } from "#tests/support/sign-in.server.ts";

afterAll(closeDatabase);

it("where the operator adds the numbers, admins are told so and can't", async () => {
  vi.stubEnv("NUMBERS_ADDED_BY", "operator");
  vi.resetModules();
  const { loader, action } = await import("./admin.numbers._index.tsx");
  const { admin } = await addOffice(db);
  const Cookie = await signIn(admin);
  const url = "http://localhost/admin/numbers";
  const shown = await loader({
    ...{ request: new Request(url, { headers: { Cookie } }), params: {}, context: {} },
  });
  expect(shown).toMatchObject({ mayAdd: false });
  expect(shown.numbers).toHaveLength(2);

  const before = await db.$count(whatsappAccounts);
  const body = new URLSearchParams({
    ...{ phoneNumberId: "206540352249999", name: "Another", displayPhoneNumber: "+1 555 010 0009" },
    ...{ retention: "168", mediaRetentionHours: "168" },
  }).toString();
  const headers = {
    Cookie,
    "Content-Type": "application/x-www-form-urlencoded",
    "Content-Length": `${body.length}`,
  };
  const request = new Request(url, { method: "POST", headers, body });
  const refused = await action({ request, params: {}, context: {} });
  expect(refused).toMatchObject({ data: { error: expect.stringContaining("operator") } });
  expect(await db.$count(whatsappAccounts)).toBe(before);
});
