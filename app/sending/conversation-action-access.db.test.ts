import { afterAll, describe, expect, it } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import { db } from "#db/testing/owner.ts";
import { addAccount, addCompany, addUser } from "#tests/support/rows.server.ts";
import { signIn } from "#tests/support/sign-in.server.ts";
import { FORM_KEY, formOf, startConversation } from "./testing/conversation.ts";

afterAll(closeDatabase);

describe("who may send", () => {
  const forms = ["send", "retry", "discard", "read"].map((intent) =>
    formOf({ intent, key: FORM_KEY, text: "Hello", message: "1", through: "1" }),
  );

  it("F73 nobody of another company, whose answer is as for what never was", async () => {
    await using page = await startConversation();
    const stranger = await addUser(await addCompany(db), { role: "admin" });
    const by = await signIn(stranger);
    for (const form of forms) {
      expect(await page.post(form, { by })).toMatchObject({ status: 404 });
      expect(await page.post(form, { by, id: "999999999" })).toMatchObject({ status: 404 });
      expect(await page.post(form, { id: "x" })).toMatchObject({ status: 404 });
    }
    expect(page.asked).toEqual([]);
  });

  it("F74 no colleague who is no member of the number", async () => {
    await using page = await startConversation();
    const colleague = await addUser(page.scope);
    await addAccount(page.scope, [colleague]);
    const by = await signIn(colleague);
    for (const form of forms) expect((await page.post(form, { by })).status).toBe(403);
    expect(page.asked).toEqual([]);
    expect(await page.ours()).toEqual([]);
  });

  it("nobody who is signed out, who is led to the sign-in and back", async () => {
    await using page = await startConversation();
    const answer = await page.send({}, { by: "" });
    expect(answer.location).toBe(
      `/login?redirectTo=${encodeURIComponent(`/conversations/${page.conversation.id}`)}`,
    );
  });
});
