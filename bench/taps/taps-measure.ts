import { setTimeout as sleep } from "node:timers/promises";
import type { Tab } from "#browsers/drivers/browser.ts";
import {
  type FileToSend,
  openFile,
  type SentFile,
  sendFile,
  tapTile,
} from "#browsers/inbox/sent-file.ts";
import type { Simulator } from "#simulator/server.ts";
import type { Build } from "./taps-app.ts";
import { type Played, playAndSeek, type Scenario } from "./taps-scenarios.ts";

const POLL_MS = 250;
const QUIET_MS = 3_000;
const MAX_LOUD_MS = 40_000;

/** What one tap cost. */
export interface Taken {
  mediaId: string;
  /** Downloads at WhatsApp's CDN. */
  fetches: number;
  /** That the CDN's sockets took, whoever read them then: buffers of the kernel included. */
  megabytes: number;
  /** Requests for the file from browser to server, HEAD too. */
  requests: number;
  /** The Range of each download, "-" for none. */
  ranges: string[];
  played?: Played;
}

/** Sends the file to the build, and taps it in a new tab. */
export async function measureTap(
  build: Build,
  open: () => Promise<Tab>,
  { file, scenario, seconds = 0 }: { file: FileToSend; scenario: Scenario; seconds?: number },
): Promise<Taken> {
  const { simulator, url } = build.app;
  const sent = await sendFile(simulator, file);
  const tab = await open();
  try {
    await openFile(tab, url, sent);
    await tapTile(tab);
    const played = scenario === "play" ? await playAndSeek(tab, seconds) : undefined;
    await untilQuiet(simulator, sent);
    const { fetches, bytes, ranges } = downloads(simulator, sent);
    const requests = build.requests(sent.mediaId);
    const taken = { mediaId: sent.mediaId, fetches, megabytes: bytes / 1e6, requests, ranges };
    return { ...taken, ...(played && { played }) };
  } finally {
    await tab.close();
    simulator.media.delete(sent.mediaId);
  }
}

function downloads(simulator: Simulator, { mediaId }: SentFile) {
  const found = simulator.requests
    .list()
    .filter((entry) => entry.role === "download" && entry.mediaId === mediaId);
  const bytes = found.reduce((sum, { bytesSent }) => sum + bytesSent, 0);
  return { fetches: found.length, bytes, ranges: found.map(({ range }) => range ?? "-") };
}

/** Until no request began and no byte left for a while. */
async function untilQuiet(simulator: Simulator, sent: SentFile): Promise<void> {
  const deadline = Date.now() + MAX_LOUD_MS;
  let before = downloads(simulator, sent);
  let quietSince = Date.now();
  while (Date.now() < deadline && Date.now() - quietSince < QUIET_MS) {
    await sleep(POLL_MS);
    const now = downloads(simulator, sent);
    if (now.fetches !== before.fetches || now.bytes !== before.bytes) quietSince = Date.now();
    before = now;
  }
}
