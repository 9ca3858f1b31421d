import { z } from "zod";
import { onDraining } from "#app/process/draining.server.ts";
import { env } from "#app/process/env.server.ts";
import { isLoopbackHost } from "#app/process/loopback.ts";
import {
  type ConnectionOptions,
  connectionError,
  createConnection,
  environmentConnection,
  TIMEOUTS,
} from "../graph/connection.server.ts";
import { GraphError } from "../graph/graph-error.ts";
import { createKeptAgent } from "../graph/kept-agent.server.ts";
import { recyclingConnector } from "../graph/read-buffers.ts";
import { createWarmConnections } from "../graph/warm-connections.server.ts";
import { toSha256Hex } from "../values/sha256.ts";
import { type Download, openDownload } from "./download.ts";

/** Meta documents 5 minutes; used when a URL doesn't carry its own expiry. */
const URL_LIFETIME_MS = 5 * 60_000;

/** The answer to a media look-up (Meta: Cloud API reference, Media, "Retrieve media URL"). */
export interface MediaLookup {
  url: string;
  mimeType: string | null;
  /** Lower-case hex. */
  sha256: string | null;
  fileSize: number | null;
  /** When the URL stops working, in milliseconds since 1970. */
  expiresAt: number;
}

export interface MediaClientOptions extends ConnectionOptions {
  /** Hosts that may be sent the bearer token: host, or host:port. */
  mediaHosts: readonly string[];
  now?: () => number;
}

export type MediaClient = ReturnType<typeof createMediaClient>;

const lookupAnswer = z.object({
  url: z.url(),
  mime_type: z.string().nullish(),
  sha256: z.string().nullish(),
  // A number on the wire, a string in Meta's documents.
  file_size: z.coerce.number().int().nonnegative().nullish(),
});

/** WhatsApp's Graph API and the host it hands out files from. */
export function createMediaClient(options: MediaClientOptions) {
  const now = options.now ?? Date.now;
  const { connectMs } = options.timeouts ?? TIMEOUTS;
  const warm = createWarmConnections(recyclingConnector(connectMs));
  const agent = createKeptAgent(warm.connect);
  const connection = createConnection({ dispatcher: agent, ...options });
  const { timeouts, dispatcher, identification, ask } = connection;
  let fileOrigin = firstFileOrigin(options);

  return { lookUpMedia, downloadMedia, warmUp, closeWarm: warm.close };

  /**
   * Has connections ready for the next tap, to the Graph API and to the host that handed out the last
   * file: opened, and nothing asked. Returns at once and never fails.
   */
  function warmUp(): void {
    warm.warmUp(options.baseUrl);
    warm.warmUp(fileOrigin);
  }

  /** While the look-up is under way, the connection for its file is being made. */
  function warmUpForFile(): void {
    const stats = agent.stats[fileOrigin];
    const isOneFree = stats && "free" in stats && stats.free > 0;
    if (!isOneFree) warm.warmUp(fileOrigin, 1);
  }

  /**
   * Asks for the URL and description of a media id.
   *
   * @param media phoneNumberId: the business number whose token is used
   * @throws {GraphError}
   */
  async function lookUpMedia(
    media: { mediaId: string; phoneNumberId: string },
    signal: AbortSignal,
  ): Promise<MediaLookup> {
    const { mediaId, phoneNumberId } = media;
    warmUpForFile();
    const question = { method: "GET" as const, path: encodeURIComponent(mediaId), phoneNumberId };
    const parsed = lookupAnswer.safeParse(await ask(question, signal));
    if (!parsed.success) throw new GraphError("unexpected", "the look-up's answer is malformed");
    if (!isAllowed(parsed.data.url)) {
      throw new GraphError(
        "unexpected",
        `the look-up named ${new URL(parsed.data.url).host}, which is not in WHATSAPP_MEDIA_HOSTS`,
      );
    }
    fileOrigin = new URL(parsed.data.url).origin;
    return {
      url: parsed.data.url,
      mimeType: parsed.data.mime_type ?? null,
      sha256: toSha256Hex(parsed.data.sha256),
      fileSize: parsed.data.file_size ?? null,
      expiresAt: urlExpiry(parsed.data.url) ?? now() + URL_LIFETIME_MS,
    };
  }

  /**
   * Opens a download. Redirects are not followed: the token must not leave for another host.
   *
   * @param media url: from a look-up; range: a Range header to pass on
   * @throws {GraphError} only when no answer came; any status is returned
   */
  async function downloadMedia(
    media: { url: string; phoneNumberId: string; range?: string | undefined },
    signal: AbortSignal,
  ): Promise<Download> {
    if (!isAllowed(media.url)) throw new GraphError("unexpected", "the host is not allowed");
    const headers = {
      ...(await identification(media.phoneNumberId)),
      "accept-encoding": "identity",
      ...(media.range && { range: media.range }),
    };
    const question = { url: media.url, headers, headersTimeoutMs: timeouts.headersMs };
    return openDownload(dispatcher, question, signal).catch((error: unknown) => {
      throw connectionError(error);
    });
  }

  function isAllowed(value: string): boolean {
    const url = new URL(value);
    const secure =
      url.protocol === "https:" || (url.protocol === "http:" && isLoopbackHost(url.hostname));
    return secure && !url.username && !url.password && options.mediaHosts.includes(url.host);
  }
}

/** Of the first host; only on this machine itself as the Graph API is asked, maybe without TLS. */
function firstFileOrigin({ mediaHosts, baseUrl }: MediaClientOptions): string {
  const { host, hostname } = new URL(`https://${mediaHosts[0]}`);
  const protocol = isLoopbackHost(hostname) ? new URL(baseUrl).protocol : "https:";
  return `${protocol}//${host}`;
}

/** A lookaside URL carries its expiry as ext=, in seconds since 1970. */
function urlExpiry(url: string): number | undefined {
  const ext = new URL(url).searchParams.get("ext");
  return ext && /^\d{9,11}$/.test(ext) ? Number(ext) * 1000 : undefined;
}

export const mediaClient = createMediaClient({
  ...environmentConnection,
  mediaHosts: env.WHATSAPP_MEDIA_HOSTS,
});

onDraining(mediaClient.closeWarm);
