import { expect, it } from "vitest";
import { lookUp, simulatorForTest, webhookForTest } from "../testing/simulator.ts";

it("shows every number, kind and fault, and escapes what came from outside", async () => {
  const simulator = await simulatorForTest({ webhookUrl: "http://127.0.0.1:1/?a=<b>" });
  await lookUp(simulator, "1");
  const page = await text(simulator.url);
  for (const name of ["Acme Support", "Acme Sales", "Globex Care", "Voice note", "ignoreRange"]) {
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

function sendForm(kind: string) {
  const form = new FormData();
  const fields = { to: "106540352242923", from: "15550100143", name: "Noor", kind, text: "Look!" };
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}

async function text(url: string) {
  return (await fetch(url)).text();
}
