import { isSameSecret } from "#app/process/same-secret.server.ts";

export type Subscription = { challenge: string } | { refusal: string };

/**
 * Meta's check of a webhook address (Meta: Webhooks, "Verification requests"): the challenge is to
 * be sent back, unchanged, if the verify token is ours. Meta does not sign this request.
 *
 * @param tokens any of them may be sent
 * @returns the challenge, or a reason that repeats nothing from the request
 */
export function verifySubscription(
  query: URLSearchParams,
  tokens: readonly string[],
): Subscription {
  const mode = only(query, "hub.mode");
  const token = only(query, "hub.verify_token");
  const challenge = only(query, "hub.challenge");
  if (!mode || !token || !challenge) {
    return { refusal: "hub.mode, hub.verify_token and hub.challenge are needed, each once." };
  }
  if (mode !== "subscribe") return { refusal: "hub.mode is not subscribe." };
  if (!tokens.some((known) => isSameSecret(known, token))) {
    return { refusal: "hub.verify_token is not the one in WHATSAPP_VERIFY_TOKEN." };
  }
  return { challenge };
}

function only(query: URLSearchParams, name: string): string | undefined {
  const values = query.getAll(name);
  return values.length === 1 ? values[0] : undefined;
}
