import { afterAll, expect, it } from "vitest";
import { signIn } from "#app/auth/testing.server.ts";
import { flagRefusedToken } from "#app/models/account-health.server.ts";
import { addAccount, addCompany, addUser } from "#app/models/testing.server.ts";
import { closeDatabase, db } from "#db/client.server.ts";
import { loader } from "./conversations.tsx";

afterAll(closeDatabase);

async function refusedFor(person: Awaited<ReturnType<typeof addUser>>) {
  const headers = { Cookie: await signIn(person) };
  const request = new Request("http://localhost/conversations", { headers });
  return (await loader({ request, params: {}, context: {} })).refused;
}

it("F30 tells admins, and only those of the company, of an access token that WhatsApp refuses", async () => {
  const scope = await addCompany(db);
  const agent = await addUser(scope);
  const { phoneNumberId } = await addAccount(scope, [agent]);
  const stranger = await addUser(await addCompany(db), { role: "admin" });
  await flagRefusedToken(scope, phoneNumberId, "HTTP 401, code 190/463");
  expect(await refusedFor(await addUser(scope, { role: "admin" }))).toMatchObject([
    { phoneNumberId },
  ]);
  expect(await refusedFor(agent)).toEqual([]);
  expect(await refusedFor(stranger)).toEqual([]);
});
