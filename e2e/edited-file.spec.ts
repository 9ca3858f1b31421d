import { expect, test } from "#e2e/testing/fixtures.ts";
import { expectShown, openConversation, placeOf, tapTile } from "#tests/support/tiles.ts";

const to = "106540352242922";

test("F107 a photo whose caption is edited stays, under its new caption", async ({
  page,
  app,
  loginAs,
  scripted,
}) => {
  const customer = { to, from: `1555010${scripted ? 9301 : 9302}`, name: `Editor ${scripted}` };
  const photo = { ...customer, kind: "photo", caption: "The old caption" } as const;
  const { wamid } = await app.simulator.sendMessage(photo);
  const edit = { ...customer, kind: "edit", target: wamid, text: "The new caption" } as const;
  await app.simulator.sendMessage(edit);
  await loginAs(page, "agent@acme.test");
  await openConversation(page, customer.name, scripted);
  const bubble = page.getByRole("article");
  await expect(bubble).toContainText("The new caption");
  await expect(bubble).toContainText("Edited");
  await expect(bubble).not.toContainText("The old caption");
  const place = placeOf(page, "Photo", scripted);
  await tapTile(place);
  await expectShown(place, "img");
});
