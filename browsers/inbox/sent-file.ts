import type { Tab } from "#browsers/drivers/browser.ts";
import type { MediaKind } from "#simulator/samples/index.ts";
import type { Simulator } from "#simulator/server.ts";
import { waitFor } from "./wait.ts";

/** A number that agent@acme.test may see. */
const ACME_SUPPORT = "106540352242922";
const FIRST_SENDER = 15550160000;

/** A file as WhatsApp tells of it. */
export interface FileToSend {
  kind: MediaKind;
  mimeType: string;
  bytes: Uint8Array;
  /** Of a document: null where WhatsApp gives none. */
  filename?: string | null;
}

export interface SentFile {
  mediaId: string;
  /** Whom it is from: nobody else has that name. */
  name: string;
}

let sent = 0;

/** Sends a file from somebody new, alone in its conversation. */
export async function sendFile(simulator: Simulator, file: FileToSend): Promise<SentFile> {
  sent += 1;
  const from = `${FIRST_SENDER + sent}`;
  const name = `Sender ${from}`;
  const { kind, mimeType, bytes, filename } = file;
  const { mediaId, status } = await simulator.sendMessage({
    ...{ to: ACME_SUPPORT, from, name, kind, mimeType, bytes },
    ...(filename ? { filename } : filename === null && { mediaField: { filename: null } }),
  });
  if (!mediaId || status !== 200) throw new Error(`The webhook was answered with ${status}.`);
  return { mediaId, name };
}

/** Opens its conversation, as far as the tile can be tapped. */
export async function openFile(tab: Tab, url: string, file: SentFile, hydrated = true) {
  await tab.goto(`${url}/conversations`);
  const address = await waitFor(`The conversation of ${file.name}`, () =>
    tab.evaluate((name) => {
      const links = document.querySelectorAll<HTMLAnchorElement>('a[href*="/conversations/"]');
      return [...links].find((link) => link.textContent?.includes(name))?.href;
    }, file.name),
  );
  await tab.goto(address);
  if (!hydrated) return;
  await waitFor("React", () =>
    tab.evaluate(() => {
      const keys = Object.keys(document.querySelector("a.tile") ?? {});
      return keys.some((key) => key.startsWith("__reactProps"));
    }, null),
  );
}

/** Taps the one tile of the page. */
export function tapTile(tab: Tab): Promise<void> {
  return tab.click(".media a.tile");
}
