import { isLoopbackHost } from "./loopback.ts";
import { weaknessOf } from "./weak-secret.ts";

type Variables = Record<string, string | undefined>;

/** Names that no public resolver answers for (RFC 2606, RFC 6761). */
const RESERVED_NAME = /(^|\.)(test|example|invalid|localhost)$/;

const NEW_TOKEN = "Make one: openssl rand -hex 16";
/** Each the variable's least length, and where another secret comes from. */
const SECRETS: Record<string, { minLength: number; remedy: string }> = {
  SESSION_SECRET: { minLength: 32, remedy: "Make one: openssl rand -base64 48" },
  WHATSAPP_APP_SECRET: {
    minLength: 16,
    remedy: "Copy it from Meta's app dashboard, Settings, Basic",
  },
  WHATSAPP_VERIFY_TOKEN: { minLength: 16, remedy: `${NEW_TOKEN}, and give it to Meta, too` },
  METRICS_TOKEN: { minLength: 16, remedy: NEW_TOKEN },
};

/**
 * What must not be once others than this machine can reach the server: secrets that can be guessed,
 * and plain http on a public address.
 *
 * @param source the environment, without empty variables
 * @returns of each variable its problem, without its value; nothing while only this machine can come
 */
export function unsafeSettings(source: Variables): Map<string, string> {
  const problems = new Map<string, string>();
  if (!isListeningToOthers(source.HOST) && !publicOrigin(source.APP_ORIGIN)) return problems;
  for (const [name, { minLength, remedy }] of Object.entries(SECRETS)) {
    const secrets = source[name]?.split(",").map((secret) => secret.trim()) ?? [];
    const weakness = secrets
      .filter(Boolean)
      .map((secret) => weaknessOf(secret, minLength))
      .find((weakness) => weakness !== undefined);
    if (weakness) problems.set(name, `${weakness}, and others can reach this server. ${remedy}`);
  }
  if (source.NODE_ENV === "production" && publicOrigin(source.APP_ORIGIN)?.protocol === "http:") {
    problems.set(
      "APP_ORIGIN",
      "is plain http, over which passwords and cookies can be read on their way. Put a proxy with https in front, and name its https address",
    );
  }
  return problems;
}

function isListeningToOthers(host = "127.0.0.1"): boolean {
  return !isLoopbackHost(host.includes(":") ? `[${host}]` : host);
}

function publicOrigin(origin: string | undefined): URL | undefined {
  const url = origin && URL.canParse(origin) ? new URL(origin) : undefined;
  const isOwn = url && (isLoopbackHost(url.hostname) || RESERVED_NAME.test(url.hostname));
  return isOwn ? undefined : url;
}
