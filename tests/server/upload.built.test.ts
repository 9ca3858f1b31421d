import { randomUUID } from "node:crypto";
import { request } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type App, startApp } from "#tests/support/app/app.ts";
import { everythingKept } from "#tests/support/app/kept.ts";
import { waitFor } from "#tests/support/wait.ts";

const ACME_SUPPORT = "106540352242922";
const CANARY = "canary-bytes-of-an-agents-file";

let app: App;
let headers: Record<string, string>;
beforeAll(async () => {
  app = await startApp({ env: { LOG_LEVEL: "trace" } });
  headers = { Cookie: await app.login("agent@acme.test"), Origin: app.url };
});
afterAll(() => app?.stop());

/** A conversation of somebody new. @returns its address */
async function conversationWith(name: string): Promise<string> {
  const from = String(15550109000 + Math.floor(Math.random() * 900));
  await app.simulator.sendMessage({ kind: "text", text: "Hi", to: ACME_SUPPORT, from, name });
  const page = await (await fetch(`${app.url}/conversations`, { headers })).text();
  const at = page.indexOf(name);
  const links = [...page.slice(0, at).matchAll(/href="\/conversations\/(\d+)/g)];
  return `${app.url}/conversations/${links.at(-1)?.[1]}`;
}

function formWith(file: File): FormData {
  const form = new FormData();
  const fields = { intent: "send", key: randomUUID(), text: "The contract" };
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  form.set("file", file);
  return form;
}

it("F98 leaves no byte of an agent's file in the database or the log, sent or not", async () => {
  const address = await conversationWith("Cara");
  const bytes = `%PDF-1.7 ${`${CANARY} `.repeat(20_000)}`;
  const file = () => new File([bytes], "contract.pdf", { type: "application/pdf" });
  const send = (body: FormData) =>
    fetch(address, { method: "POST", headers, body, redirect: "manual" });

  expect((await send(formWith(file()))).status).toBe(303);
  app.simulator.faults.add({ on: "upload", kind: "refuse", code: 131053, times: 1 });
  expect((await send(formWith(file()))).status).toBe(303);
  app.simulator.faults.add({ on: "upload", kind: "interrupt", times: 1 });
  expect((await send(formWith(file()))).status).toBe(303);
  const photo = new File([bytes], "photo.jpg", { type: "image/jpeg" });
  expect((await send(formWith(photo))).status).toBe(415);

  const uploads = app.simulator.requests.list().filter(({ role }) => role === "upload");
  expect(uploads[0]?.file).toMatchObject({ size: bytes.length, mimeType: "application/pdf" });
  const page = await (await fetch(address, { headers })).text();
  expect(page).toContain("The file was not kept. Attach it again.");
  const kept = await everythingKept(app);
  expect(kept).toContain("contract.pdf");
  expect(kept).not.toContain(CANARY);
  expect(app.output()).not.toContain(CANARY);
  expect(app.output()).not.toContain("The contract");
});

it("F53 ends an upload at WhatsApp when its person leaves", async () => {
  const address = await conversationWith("Dora");
  app.simulator.requests.clear();
  const boundary = "leaving";
  const upload = request(address, {
    method: "POST",
    headers: { ...headers, "content-type": `multipart/form-data; boundary=${boundary}` },
  }).on("error", () => {});
  const fields = { intent: "send", key: randomUUID(), text: "" };
  for (const [name, value] of Object.entries(fields)) {
    upload.write(
      `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    );
  }
  upload.write(
    `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\nContent-Type: application/pdf\r\n\r\n%PDF-1.7`,
  );
  const drip = setInterval(() => upload.write(Buffer.alloc(1024, 1)), 20);
  await waitFor(() => expect(app.simulator.requests.open()).toHaveLength(1));
  await sleep(100);

  clearInterval(drip);
  upload.destroy();

  await waitFor(() => {
    expect(app.simulator.requests.open()).toEqual([]);
    const ends = app.logs().filter(({ event }) => event === "whatsapp.upload");
    expect(ends.at(-1)).toMatchObject({ outcome: "left" });
  });
  expect(app.output()).not.toContain("page.error");
  const page = await (await fetch(address, { headers })).text();
  expect(page).not.toContain("a.pdf");
});
