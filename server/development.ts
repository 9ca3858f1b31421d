import { createAppListener } from "./app-listener.ts";
import type { Handle } from "./bridge.ts";

const POLICY = "Content-Security-Policy";

/**
 * The app's listener for `npm run dev`, made anew with every module that it is made of. What
 * browsers ask of Vite, modules and their websocket, is answered before it (scripts/dev/vite.mjs).
 * Its own answers differ from production in two things: the browser's files are those of `public/`,
 * and a page may have inline styles, which Vite's report of an error has. The websocket is of the
 * page's own origin, which `connect-src 'self'` allows.
 */
export const listener = createAppListener({ assetsFolder: "public", around: withInlineStyles });

function withInlineStyles(handle: Handle): Handle {
  return async (request, context) => {
    const response = await handle(request, context);
    const policy = response.headers.get(POLICY);
    if (policy) {
      response.headers.set(POLICY, policy.replace("style-src 'self'", "$& 'unsafe-inline'"));
    }
    return response;
  };
}
