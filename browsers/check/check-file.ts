import { setTimeout as sleep } from "node:timers/promises";
import { parse } from "content-disposition";
import type { MadeFile } from "#browsers/corpus/make.ts";
import type { Browser, Tab } from "#browsers/drivers/browser.ts";
import { openFile, type SentFile, sendFile, tapTile } from "#browsers/inbox/sent-file.ts";
import { waitFor } from "#browsers/inbox/wait.ts";
import type { App } from "#tests/support/app/app.ts";
import { type Outcome, outcomeOf, savedAs } from "./outcome.ts";
import { look } from "./seen.ts";

const POLL_MS = 200;
const TIMEOUT_MS = 20_000;
/** A picture may turn broken after it has loaded, and a notice takes the place of an element. */
const SECOND_LOOK_MS = 1_500;
const TILE = ".media";

export interface Checked {
  outcome: Outcome;
  fetches: number;
  megabytes: number;
}

/**
 * Sends a file to the app, taps it in the browser, and looks what comes of it.
 *
 * @param options.cookie of the same person, for what the page itself may not ask
 */
export async function checkFile(
  app: App,
  browser: Browser,
  options: { file: MadeFile; hydrated: boolean; cookie: string },
): Promise<Checked> {
  const { file, hydrated, cookie } = options;
  const { simulator, url } = app;
  const filename = file.kind === "document" ? { filename: file.named ? file.name : null } : {};
  const sent = await sendFile(simulator, { ...file, ...filename });
  const tab = await browser.open();
  try {
    if (hydrated) {
      await openFile(tab, url, sent);
      if (file.kind === "document") await saveNothing(tab);
      await tapTile(tab);
    } else {
      // What the frame of the conversation loads at a tap.
      await tab.goto(`${url}/media/${sent.mediaId}/view?t=${Date.now()}`);
    }
    const seen = () => settled(tab, hydrated ? TILE : "body", sent);
    const name = { expected: file.name, cookie };
    const outcome = await (file.kind === "document" ? saved(tab, sent, name) : seen());
    return { outcome, ...costs(app, sent) };
  } finally {
    await tab.close();
    simulator.media.delete(sent.mediaId);
  }
}

/** Keeps the tile from clicking its link: a download would end WebKitGTK's session. */
function saveNothing(tab: Tab): Promise<void> {
  return tab.evaluate(() => {
    HTMLAnchorElement.prototype.click = () => {};
  }, null);
}

async function settled(tab: Tab, root: string, { mediaId }: SentFile): Promise<Outcome> {
  const deadline = Date.now() + TIMEOUT_MS;
  while (Date.now() < deadline) {
    if (outcomeOf(await look(tab, root, mediaId))) {
      await sleep(SECOND_LOOK_MS);
      const outcome = outcomeOf(await look(tab, root, mediaId));
      if (outcome) return outcome;
    }
    await sleep(POLL_MS);
  }
  return { is: "failed", how: "neither shown nor refused" };
}

/** The name that the server gives to what the page's link saves. */
async function saved(
  tab: Tab,
  { mediaId }: SentFile,
  { expected, cookie }: { expected: string; cookie: string },
): Promise<Outcome> {
  const link = () =>
    tab.evaluate(
      (href) => document.querySelector<HTMLAnchorElement>(`a[download][href^="${href}"]`)?.href,
      `/media/${mediaId}`,
    );
  const href = await waitFor("The link to save the file", link, TIMEOUT_MS).catch(() => undefined);
  if (href === undefined) return savedAs(undefined, expected);
  const answer = await fetch(href, { method: "HEAD", headers: { Cookie: cookie } });
  const header = answer.headers.get("content-disposition");
  return savedAs(header === null ? undefined : parse(header).parameters.filename, expected);
}

function costs({ simulator }: App, { mediaId }: SentFile) {
  const downloads = simulator.requests
    .list()
    .filter((entry) => entry.role === "download" && entry.mediaId === mediaId);
  const bytes = downloads.reduce((sum, { bytesSent }) => sum + bytesSent, 0);
  return { fetches: downloads.length, megabytes: bytes / 1e6 };
}
