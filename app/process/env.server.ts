import { z } from "zod";
import { databaseVariables, withoutEmpty } from "#db/config.ts";
import { isLoopbackHost } from "./loopback.ts";
import { unsafeSettings } from "./unsafe-settings.ts";

const MIN_SESSION_SECRET = 32;

/** What the process was told at its start. See .env.example for each variable's meaning. */
export type Environment = z.infer<typeof variables>;

/** The environment can't be used; the message lists every problem, one a line. */
export class ConfigurationError extends Error {
  override name = "ConfigurationError";
}

const required = (what: string) => z.string({ error: `is not set: ${what}` }).min(1, what);
const list = (value: string) =>
  value
    .split(",")
    .map((entry) => entry.trim())
    .filter(Boolean);
const secretList = (what: string, min = 1) =>
  required(what)
    .transform(list)
    .refine((secrets) => secrets.length > 0 && secrets.every((secret) => secret.length >= min), {
      error: `every secret needs at least ${min} characters`,
    });
const httpUrl = z.url({ protocol: /^https?$/, error: "must be an http or https URL" });

const days = z.coerce
  .number({ error: "must be a number of days" })
  .int("must be a whole number of days")
  .min(1, "must be at least 1")
  .max(36_500, "must be at most 36500");

/** As URL.host writes them: lower case, without the default port. */
const mediaHosts = z
  .string()
  .default("lookaside.fbsbx.com")
  .transform((value) => value.toLowerCase().replace(/:443(?=,|\s|$)/g, ""))
  .transform(list)
  .refine(
    (hosts) => hosts.length > 0 && hosts.every((host) => /^[a-z0-9.-]+(:\d{1,5})?$/i.test(host)),
    {
      error: "must be a comma-separated list of host or host:port",
    },
  );

const variables = databaseVariables.extend({
  NODE_ENV: z.enum(["production", "development", "test"]).default("development"),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().min(1).default("127.0.0.1"),
  /** The origin that browsers use, when a proxy stands in front. */
  APP_ORIGIN: httpUrl.transform((url) => new URL(url).origin).optional(),
  SESSION_SECRET: secretList(
    `sessions are signed with it; use at least ${MIN_SESSION_SECRET} random characters`,
    MIN_SESSION_SECRET,
  ),
  WHATSAPP_APP_SECRET: secretList(
    "webhooks are verified with it (Meta's app dashboard, Settings, Basic)",
  ),
  WHATSAPP_VERIFY_TOKEN: secretList(
    "Meta sends it when the webhook is registered; choose any string",
  ),
  WHATSAPP_GRAPH_URL: httpUrl
    .default("https://graph.facebook.com")
    .refine((url) => url.startsWith("https:") || isLoopbackHost(new URL(url).hostname), {
      error: "plain http is allowed only for this machine itself",
    }),
  WHATSAPP_GRAPH_VERSION: z
    .string()
    .regex(/^v\d+\.\d+$/, "must look like v25.0")
    .default("v25.0"),
  WHATSAPP_MEDIA_HOSTS: mediaHosts,
  /** Believe X-Forwarded-* headers: only behind a proxy that overwrites them. */
  TRUST_PROXY: z.stringbool({ error: "must be true or false" }).default(false),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  /** Days that what a webhook brought and could not be used is kept for a replay. */
  QUARANTINE_RETENTION_DAYS: days.default(90),
  /** Days that the audit log is kept. */
  AUDIT_RETENTION_DAYS: days.default(365),
  /** Who may say that a number belongs to a company: its admins, or whoever has the server's shell. */
  NUMBERS_ADDED_BY: z
    .enum(["admins", "operator"], { error: "must be admins or operator" })
    .default("admins"),
  METRICS_TOKEN: z.string().min(1).optional(),
});

/**
 * Reads the environment once.
 *
 * @throws {ConfigurationError} naming every missing or wrong variable at once
 */
export function parseEnvironment(source: NodeJS.ProcessEnv): Environment {
  const named = withoutEmpty(source);
  const parsed = variables.safeParse(named);
  const problems = parsed.success
    ? []
    : parsed.error.issues.map((issue) => `  ${issue.path.join(".")} ${issue.message}`);
  const known = new Set(parsed.error?.issues.map(({ path }) => path.join(".")));
  for (const [name, problem] of unsafeSettings(named)) {
    if (!known.has(name)) problems.push(`  ${name} ${problem}`);
  }
  if (!hasAccessToken(named)) {
    problems.push(
      "  WHATSAPP_ACCESS_TOKEN is not set: media is fetched with it. Set it, or WHATSAPP_ACCESS_TOKEN_<PHONE_NUMBER_ID> for one number, or either with _FILE to read it from a file",
    );
  }
  if (problems.length > 0 || !parsed.success) {
    throw new ConfigurationError(
      `The configuration has ${problems.length === 1 ? "a problem" : `${problems.length} problems`} (.env.example explains each variable):\n${problems.join("\n")}`,
    );
  }
  return parsed.data;
}

function hasAccessToken(source: Record<string, unknown>): boolean {
  return Object.keys(source).some((name) => /^WHATSAPP_ACCESS_TOKEN(_\d+)?(_FILE)?$/.test(name));
}

export const env = parseEnvironment(process.env);
