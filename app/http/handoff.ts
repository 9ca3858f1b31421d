import { setPageData } from "#app/remix/page-data.ts";

/**
 * Sent to a page's address, asks for the data that its scripts take over in place of the page. No
 * page of another site can send it: a browser would ask first, and the answer is never yes (CORS).
 */
export const HANDOFF_HEADER = "X-Handoff";

/** Like Remix's own data. */
export const HANDOFF_TYPE = "text/x-script";

declare global {
  interface Window {
    /** The answer, where the page came without the data. */
    handoff?: Promise<Response>;
  }
}

/**
 * What asks: at once, not when the other scripts have come, because React makes the page anew where
 * its data changed meanwhile. A redirect would lead to another page's data, the sign-in's.
 */
export const ASK_FOR_HANDOFF = `window.handoff=fetch("",{headers:{"${HANDOFF_HEADER}":"1"},redirect:"error"})`;

/**
 * Puts the data where Remix looks for it, once all of it is there: half of it would cost the page
 * that the server made.
 *
 * @returns false when the page came without and it can't be had
 */
export async function receiveHandoff(): Promise<boolean> {
  if (!window.handoff) return true;
  try {
    const answer = await window.handoff;
    const type = answer.headers.get("Content-Type");
    if (!answer.ok || !type?.startsWith(HANDOFF_TYPE)) return false;
    setPageData((await answer.blob()).stream());
    return true;
  } catch {
    return false;
  }
}
