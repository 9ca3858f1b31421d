/**
 * How a page's data, which its loaders gave, come to the scripts that take the page over: as
 * `serverHandoffStream`, of which RemixServer writes each piece into the page as it comes.
 *
 * Relies on RemixServer writing none where there is no stream, and looking for piece n in
 * `renderMeta.streamCache[n].result` before it reads the stream and suspends (@remix-run/react 2.17,
 * dist/server.js and dist/single-fetch.js). React Router 7.18 does the same in ServerRouter.
 */
import { text } from "node:stream/consumers";
import type { EntryContext } from "@remix-run/node";

/** Has the page carry its data at once: a page that is rendered as one string can't be continued. */
export async function writePageDataAtOnce(context: EntryContext): Promise<void> {
  const { serverHandoffStream, renderMeta } = context;
  if (!serverHandoffStream || !renderMeta) return;
  const value = await text(serverHandoffStream);
  const pieces = [
    { done: false, value },
    { done: true, value: "" },
  ];
  renderMeta.streamCache = pieces.map((result) => Object.assign(Promise.resolve(), { result }));
}

/** Has the page carry none. */
export async function leaveOutPageData(context: EntryContext): Promise<void> {
  await context.serverHandoffStream?.cancel();
  context.serverHandoffStream = undefined;
}

/** @returns the data alone, in Remix's format, for setPageData() in the browser */
export async function takePageData({ serverHandoffStream }: EntryContext): Promise<string> {
  return serverHandoffStream ? await text(serverHandoffStream) : "";
}
