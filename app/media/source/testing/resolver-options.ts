import { createRetry } from "#app/whatsapp/graph/retry.ts";

/** Makes calls again as in production, but without the pauses. */
export const retryAtOnce = createRetry({ sleep: async () => {} });

/** Where it doesn't matter what is noted of access tokens. */
export const anyHealth = { accepted() {}, refused() {} };
