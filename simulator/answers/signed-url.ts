import { createHmac } from "node:crypto";
import type { World } from "#simulator/world.ts";

/** Meta's "Retrieve Media URL": a URL is valid for 5 minutes; recorded `ext` agrees to the second. */
const LIFETIME_SECONDS = 300;

export const ATTACHMENTS_PATH = "/whatsapp_business/attachments/";

/** @param origin the CDN's, such as http://127.0.0.1:3001 */
export function signedUrl(world: World, mediaId: string, origin: string): string {
  const ext = String(Math.floor(world.now() / 1000) + LIFETIME_SECONDS);
  const hash = hashOf(world, mediaId, ext);
  return `${origin}${ATTACHMENTS_PATH}?mid=${encodeURIComponent(mediaId)}&ext=${ext}&hash=${hash}`;
}

/** Whether a download URL was made by {@link signedUrl} and is still alive. */
export function isAlive(world: World, url: URL): boolean {
  const mediaId = url.searchParams.get("mid") ?? "";
  const ext = url.searchParams.get("ext") ?? "";
  if (url.searchParams.get("hash") !== hashOf(world, mediaId, ext)) return false;
  return Number(ext) > world.now() / 1000;
}

function hashOf(world: World, mediaId: string, ext: string) {
  const mac = createHmac("sha256", world.appSecret).update(`attachment ${mediaId} ${ext}`);
  return `AT${mac.digest("base64url")}`;
}
