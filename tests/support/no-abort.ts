import { setMaxListeners } from "node:events";

/** A signal that never aborts, for any number of listeners. */
export const noAbort = new AbortController().signal;
setMaxListeners(0, noAbort);
