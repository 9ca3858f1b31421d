import { expect, it } from "vitest";
import { ACME, post, upload } from "#simulator/testing/business.ts";
import { lookUp, simulatorForTest, webhookForTest } from "#simulator/testing/simulator.ts";

it("shows every number, kind and fault, and escapes what came from outside", async () => {
  const simulator = await simulatorForTest({ webhookUrl: "http://127.0.0.1:1/?a=<b>" });
  await lookUp(simulator, "1");
  const page = await text(simulator.url);
  for (const name of [
    "Acme Support",
    "Acme Sales",
    "Globex Care",
    "Voice note",
    "ignoreRange",
    "failLater",
  ]) {
    expect(page).toContain(name);
  }
  expect(page).toContain("?a=&lt;b&gt;");
  expect(page).toContain("GET lookup");
  expect(await text(`${simulator.url}/?done=<img>`)).not.toContain("<img>");
});

it("sends a file of one's own and tells the answer", async () => {
  const webhook = await webhookForTest(200);
  const simulator = await simulatorForTest({ webhookUrl: webhook.url });
  const form = sendForm("photo");
  form.set("file", new File(["mine"], "mine.png", { type: "image/png" }));
  const response = await fetch(`${simulator.url}/_phone/send`, { method: "POST", body: form });
  expect(await response.text()).toContain("Sent, webhook answered 200");
  expect(webhook.received[0]?.raw.toString()).toContain('"caption":"Look!"');
  expect(simulator.media.list()).toMatchObject([{ mimeType: "image/png", filename: "mine.png" }]);
});

it("sends the sample when no file was chosen, and says what is wrong", async () => {
  const webhook = await webhookForTest(500);
  const simulator = await simulatorForTest({ webhookUrl: webhook.url });
  const form = sendForm("document");
  form.set("file", new File([], ""));
  const post = () => fetch(`${simulator.url}/_phone/send`, { method: "POST", body: form });
  expect(await (await post()).text()).toContain("Not accepted, webhook answered 500: noted");
  expect(simulator.media.list()).toMatchObject([{ filename: "document.pdf" }]);
  form.set("from", "+1");
  expect(await (await post()).text()).toContain("from: 5 to 20 digits");
});

it("sets the faults for every file and leaves those of single files", async () => {
  const simulator = await simulatorForTest();
  simulator.faults.replace([
    { on: "lookup", kind: "gone", mediaId: "1" },
    { on: "lookup", kind: "permission" },
  ]);
  const body = new URLSearchParams({ lookup: "none", download: "truncate" });
  await (await fetch(`${simulator.url}/_phone/faults`, { method: "POST", body })).text();
  expect(simulator.faults.list()).toMatchObject([
    { on: "lookup", kind: "gone", mediaId: "1" },
    { on: "download", kind: "truncate", afterBytes: 4096 },
  ]);
});

it("clears the request table", async () => {
  const simulator = await simulatorForTest();
  await lookUp(simulator, "1");
  await (await fetch(`${simulator.url}/_phone/clear-requests`, { method: "POST" })).text();
  expect(simulator.requests.list()).toEqual([]);
});

it("shows a chat, where the customer reads, answers, reacts, edits and takes back", async () => {
  const { simulator, inChat, received } = await chatting();
  const { wamid: edited } = await simulator.sendMessage({
    ...ANA,
    kind: "text",
    text: "At <nine>",
  });
  const { id } = (await upload(simulator, Buffer.from("png"))).body;
  const image = { id, caption: "Look & see" };
  const sent = await post(simulator, { to: `+${ANA.from}`, type: "image", image });
  const ours = sent.body.messages?.[0]?.id ?? "";

  expect(await text(simulator.url)).toContain("1 new");
  const page = await inChat("read", {});
  expect(page).toContain("At &lt;nine&gt;");
  expect(page).toContain("Look &amp; see");
  expect(await text(`${simulator.url}/_phone/file?id=${id}`)).toBe("png");
  await simulator.statusesDelivered();
  expect(await text(simulator.url)).not.toContain("1 new");

  const more = { from: ANA.from, name: "Ana" };
  await inChat("react", { target: ours, emoji: "❤️" });
  await inChat("send", { ...more, kind: "text", text: "Yes!", repliesTo: ours });
  await inChat("send", { ...more, kind: "edit", text: "At ten", target: edited });
  expect(await inChat("revoke", { target: edited })).toContain("Deleted by its sender.");
  const last = received().slice(-4);
  expect(last).toMatchObject([
    { type: "reaction", reaction: { message_id: ours, emoji: "❤️" } },
    { type: "text", text: { body: "Yes!" }, context: { id: ours } },
    { type: "edit", edit: { original_message_id: edited } },
    { type: "revoke", revoke: { original_message_id: edited } },
  ]);
});

it.each([
  ["album", ["image", "image"]],
  ["location", ["location"]],
  ["contacts", ["contacts"]],
])("sends %s and stays in the chat", async (kind, types) => {
  const { simulator, inChat, received } = await chatting();
  await simulator.sendMessage({ ...ANA, kind: "text" });
  const page = await inChat("send", { from: ANA.from, name: "Ana", kind, text: "" });
  expect(page).toContain("Sent, webhook answered 200");
  expect(page).toContain("<h1>Ana</h1>");
  expect(received().slice(1)).toMatchObject(types.map((type) => ({ type })));
});

it("says so when a chat or a file isn't there", async () => {
  const simulator = await simulatorForTest();
  const gone = await fetch(`${simulator.url}/_phone/chat?to=1&customer=2`);
  expect([gone.status, (await fetch(`${simulator.url}/_phone/file?id=1`)).status]).toEqual([
    404, 404,
  ]);
  expect(await gone.text()).toContain("There is no such chat any more");
});

const ANA = { to: ACME, from: "15550100161", name: "Ana" };

/** A webhook that takes all, and the forms of Ana's chat. */
async function chatting() {
  const webhook = await webhookForTest(200);
  const simulator = await simulatorForTest({ webhookUrl: webhook.url });
  return {
    simulator,
    /** @returns the page that the form leads to */
    inChat: async (name: string, fields: Record<string, string>) => {
      const body = new URLSearchParams({ to: ANA.to, customer: ANA.from, ...fields });
      const response = await fetch(`${simulator.url}/_phone/${name}`, { method: "POST", body });
      return response.text();
    },
    /** The messages that came, without the statuses. */
    received: () =>
      webhook.received.flatMap(({ raw }) => {
        const { messages } = JSON.parse(raw.toString()).entry[0].changes[0].value;
        return messages ?? [];
      }),
  };
}

function sendForm(kind: string) {
  const form = new FormData();
  const fields = { to: "106540352242923", from: "15550100143", name: "Noor", kind, text: "Look!" };
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

async function text(url: string) {
  return (await fetch(url)).text();
}
