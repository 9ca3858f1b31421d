import { test as base, expect } from "#e2e/testing/fixtures.ts";
import { findLynx, Lynx, linkTo, TEXT_AREA } from "#e2e/testing/lynx.ts";
import { samples } from "#simulator/samples/index.ts";
import type { App } from "#tests/support/app/app.ts";
import { sendFile } from "#tests/support/tiles.ts";

const program = findLynx();

const test = base.extend<{ lynx: Lynx }>({
  lynx: ({ browserName: _ }, use, info) => use(new Lynx(program ?? "lynx", info.outputPath())),
});

test.skip(!program, "The text browser lynx isn't installed (Debian: apt-get install lynx).");

async function signIn(lynx: Lynx, app: App) {
  const fields = [
    ["E-mail address", "agent@acme.test"],
    ["Password", "demo-password"],
  ] as const;
  // Leads to /login?redirectTo=…, of which lynx tells the server nothing when it sends the form.
  return lynx.submit(`${app.url}/conversations`, fields, "Sign in");
}

test("F72 in a text browser a person signs in, reads, and gets a file or the reason why not @without-javascript", async ({
  app,
  lynx,
}) => {
  const { name, mediaId } = await sendFile(app, "photo");
  expect(await signIn(lynx, app)).toContain(name);

  const list = await lynx.read(`${app.url}/conversations`);
  const conversation = await lynx.read(linkTo(list, name));
  expect(conversation.text).toMatch(/Photo\s+Tap to view/);
  expect(app.simulator.requests.list()).toEqual([]);

  const revealed = await lynx.read(linkTo(conversation, "Photo"));
  const file = await lynx.download(linkTo(revealed, "Open"));
  expect(file.equals(samples.photo.bytes)).toBe(true);

  app.simulator.faults.add({ on: "lookup", kind: "gone", mediaId });
  app.simulator.faults.add({ on: "download", kind: "gone", mediaId });
  const gone = await lynx.read(linkTo(revealed, "Reload"));
  expect(gone.text).toContain("WhatsApp no longer has this file.");
});

test("F72 in a text browser a person replies from the page that showed a file @without-javascript", async ({
  app,
  lynx,
}) => {
  const { name, from } = await sendFile(app, "photo");
  await signIn(lynx, app);
  const conversation = await lynx.read(linkTo(await lynx.read(`${app.url}/conversations`), name));
  const revealed = linkTo(conversation, "Photo");
  expect(revealed).toContain("reveal=");
  const words = `Yes, from ${from}: see you at ten!`;
  expect(await lynx.submit(revealed, [[TEXT_AREA, words]], "Send")).toContain(words);
  const sent = app.simulator.requests.list().filter(({ role }) => role === "send");
  expect(sent.map(({ message }) => message)).toMatchObject([
    { status: "read" },
    { to: `+${from}`, type: "text", text: { body: words } },
  ]);
});

test("F72 in a text browser a person signs out @without-javascript", async ({ app, lynx }) => {
  const { name } = await sendFile(app, "photo");
  expect(await signIn(lynx, app)).toContain(name);
  expect(await lynx.submit(`${app.url}/conversations`, [], "Sign out")).toContain("Sign in");
  expect((await lynx.read(`${app.url}/conversations`)).text).not.toContain(name);
});
