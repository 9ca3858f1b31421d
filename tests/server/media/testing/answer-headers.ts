import type { HttpAnswer } from "./http-answer.ts";

/** What Node and our server add to every answer. */
const OF_THE_SERVER = [
  ...["date", "connection", "keep-alive", "transfer-encoding", "content-length", "x-request-id"],
  ...["cross-origin-opener-policy", "origin-agent-cluster", "permissions-policy"],
  "x-permitted-cross-domain-policies",
];
const OF_EVERY_ANSWER: Record<string, RegExp> = {
  "cache-control": /^no-store, no-transform$/,
  "content-security-policy": /^default-src 'none'; /,
  "content-type": /^[a-z0-9]+\/[a-z0-9.+-]+$/,
  "cross-origin-resource-policy": /^same-origin$/,
  "referrer-policy": /^no-referrer$/,
  "x-content-type-options": /^nosniff$/,
  "x-frame-options": /^DENY$/,
};
const OF_A_FILE = ["content-disposition", "accept-ranges", "content-range"];
const OF_A_FAILURE = ["x-media-failure", "retry-after"];

/**
 * What is wrong with the headers of a media answer: one that is missing, has another value, or is
 * none of ours and so came through from WhatsApp.
 *
 * @returns undefined when all is right
 */
export function headerProblem({ status, headers }: HttpAnswer): string | undefined {
  for (const [name, value] of Object.entries(OF_EVERY_ANSWER)) {
    if (!value.test(headers[name] ?? "")) return `${name} is ${headers[name]}`;
  }
  const expected = status < 300 ? OF_A_FILE : OF_A_FAILURE;
  const known = new Set([...OF_THE_SERVER, ...Object.keys(OF_EVERY_ANSWER), ...expected]);
  const strange = Object.keys(headers).filter((name) => !known.has(name));
  return strange.length > 0 ? `there is the header ${strange.join(", ")}` : undefined;
}
