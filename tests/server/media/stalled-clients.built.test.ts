import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "vitest";
import { waitFor } from "#tests/support/wait.ts";
import { openStreams } from "./testing/aftermath.ts";
import {
  type Crowd,
  collectGarbage,
  openManyStalled,
  residentMegabytes,
  startWithCrowd,
} from "./testing/crowd.ts";

/** A company may have 512 files open at once, and a person 128. */
const COMPANIES = [
  { name: "Acme", number: "106540352242922", bystander: "admin@acme.test" },
  { name: "Globex", number: "206540352242922", bystander: "agent@globex.test" },
] as const;
const PEOPLE = 4;
const TAPS = 125;
const MB = 1024 * 1024;
/** Time for a thousand streams to fill every buffer between WhatsApp and the clients. */
const SETTLE_MS = 5_000;

let crowd: Crowd;
beforeAll(async () => {
  crowd = await startWithCrowd(PEOPLE);
});
afterAll(() => crowd?.stop());

it("F54 F55 a thousand clients that never read a 100 MB file cost less than 200 MB, and everyone else is served", async () => {
  const { app, cookies } = crowd;
  const { simulator } = app;
  const tapped = COMPANIES.map(async ({ name, number: to }) => {
    const { mediaId } = await simulator.sendMessage({
      kind: "video",
      to,
      syntheticBytes: 100 * MB,
    });
    return cookies[name].map((cookie) => ({ url: `${app.url}/media/${mediaId}`, cookie }));
  });
  const taps = (await Promise.all(tapped)).flat();
  await collectGarbage(app);
  const before = await residentMegabytes(app);

  const opened = taps.map(({ url, cookie }) => openManyStalled(TAPS, url, cookie));
  const clients = (await Promise.all(opened)).flat();
  expect(clients).toHaveLength(COMPANIES.length * PEOPLE * TAPS);
  expect(new Set(clients.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
  await sleep(SETTLE_MS);
  expect(await openStreams(app)).toBe(clients.length);
  await collectGarbage(app);
  expect((await residentMegabytes(app)) - before).toBeLessThan(200);

  for (const { number: to, bystander } of COMPANIES) {
    const { mediaId } = await simulator.sendMessage({ kind: "document", to, syntheticBytes: MB });
    const headers = { Cookie: await app.login(bystander) };
    const file = await fetch(`${app.url}/media/${mediaId}`, { headers });
    expect(file.status).toBe(200);
    expect((await file.arrayBuffer()).byteLength).toBe(MB);
    expect((await fetch(`${app.url}/conversations`, { headers })).status).toBe(200);
  }
  for (const client of clients) client.destroy();
  await waitFor(() => expect(simulator.requests.open()).toEqual([]));
});
