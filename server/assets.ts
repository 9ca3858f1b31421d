import sirv from "sirv";
import { sendRefusal } from "#server/walls/refusal.ts";
import type { Exchange } from "./exchange.ts";

const ONE_YEAR_S = 365 * 24 * 60 * 60;
const ONE_HOUR_S = 60 * 60;
/** Vite's output: a name carries the hash of its file, so it never changes. */
const FINGERPRINTED = "/assets/";

/**
 * Serves the browser's files. The folder is listed once, at the start: nothing outside that list
 * can be asked for.
 *
 * @param folder Remix's client build
 * @returns whether the request was for such a file, and answered
 */
export function serveAssets(folder: string): (exchange: Exchange) => boolean {
  const serve = sirv(folder, {
    etag: true,
    dotfiles: false,
    extensions: [],
    setHeaders: (res, pathname) => {
      const lasting = pathname.startsWith(FINGERPRINTED);
      const age = lasting ? `${ONE_YEAR_S}, immutable` : ONE_HOUR_S;
      res.setHeader("Cache-Control", `public, max-age=${age}`);
    },
  });
  return (exchange) => {
    const { req, res, method, url } = exchange;
    if (method !== "GET" && method !== "HEAD") return false;
    ownFileStream(exchange);
    // These files are small; a range of one would be compressed as if it were the whole.
    delete req.headers.range;
    let isAsset = true;
    serve(req, res, () => {
      isAsset = false;
    });
    if (!isAsset && url.pathname.startsWith(FINGERPRINTED)) {
      sendRefusal(res, { status: 404, message: "Not found: reload the page for its newer files." });
      return true;
    }
    return isAsset;
  };
}

/** sirv pipes a file and lets go: one deleted by a later build would end the process, one unread would stay open. */
function ownFileStream({ res }: Exchange): void {
  res.once("pipe", (file) => {
    file.once("error", () => res.destroy());
    res.once("close", () => file.destroy());
  });
}
