import { z } from "zod";

/**
 * gone: the id is unknown, expired, deleted or another business's (Meta does not tell which) ·
 * refused: token, permission or restricted account · throttled: a rate limit · unavailable: a
 * fault at Meta's side or on the way · unexpected: an answer outside the contract · timeout.
 */
export const graphErrorKinds = [
  "gone",
  "refused",
  "throttled",
  "unavailable",
  "unexpected",
  "timeout",
] as const;
export type GraphErrorKind = (typeof graphErrorKinds)[number];

/** WhatsApp could not serve a request. The message is for the log and carries no token. */
export class GraphError extends Error {
  override name = "GraphError";
  readonly kind: GraphErrorKind;
  readonly retryAfterSeconds: number | undefined;
  /** Private, because an error is logged with all that it has, and WhatsApp may quote what it was sent. */
  readonly #answer: GraphAnswer | undefined;

  constructor(
    kind: GraphErrorKind,
    detail: string,
    retryAfterSeconds?: number,
    answer?: GraphAnswer,
  ) {
    super(detail);
    this.kind = kind;
    this.retryAfterSeconds = retryAfterSeconds;
    this.#answer = answer;
  }

  /** WhatsApp's own words, where it answered in its own form. */
  get answer(): GraphAnswer | undefined {
    return this.#answer;
  }
}

/** The connection ended under a call, as one does that the other side has closed while it was idle. */
export class ConnectionCut extends GraphError {
  constructor(detail: string) {
    super("unavailable", detail);
  }
}

/** An error as the Graph API writes it. */
export interface GraphAnswer {
  code: number;
  title: string | null;
  details: string | null;
}

const THROTTLED = new Set([4, 613, 80_007, 130_429]);
const REFUSED = new Set([0, 3, 10, 104, 190, 368, 130_497, 131_005, 131_031]);
const UNAVAILABLE = new Set([1, 2, 131_000, 131_016, 133_004]);

const errorBody = z.object({
  error: z.object({
    code: z.number(),
    error_subcode: z.number().nullish(),
    message: z.string().nullish().catch(null),
    error_data: z.object({ details: z.string().nullish() }).nullish().catch(null),
  }),
});

const usageHeader = z.record(
  z.string(),
  z.array(z.object({ estimated_time_to_regain_access: z.number().min(0).max(100_000) })),
);

/**
 * What an error answer of the Graph API means. Meta's error-codes page: build on `code`, because
 * the HTTP status of one code differs between its own documents.
 *
 * @param retryAfter the header of this name
 * @param usage the header X-Business-Use-Case-Usage, which tells when calls will count again
 */
export function graphErrorFrom(
  status: number,
  body: unknown,
  retryAfter: string | undefined,
  usage?: string | undefined,
): GraphError {
  const wait = secondsOf(retryAfter) ?? secondsToRegainAccess(usage);
  const parsed = errorBody.safeParse(body);
  if (!parsed.success) {
    const kind = status === 429 ? "throttled" : status >= 500 ? "unavailable" : "unexpected";
    return new GraphError(kind, `HTTP ${status} without a Graph error`, wait);
  }
  const { code, message, error_data } = parsed.data.error;
  const subcode = parsed.data.error.error_subcode ?? undefined;
  const detail = `HTTP ${status}, code ${code}${subcode === undefined ? "" : `/${subcode}`}`;
  const answer = { code, title: titleOf(message), details: error_data?.details ?? null };
  return new GraphError(kindOf(status, code, subcode), detail, wait, answer);
}

function kindOf(status: number, code: number, subcode: number | undefined): GraphErrorKind {
  if (code === 100 && (subcode === 33 || subcode === undefined)) return "gone";
  if (THROTTLED.has(code)) return "throttled";
  if (REFUSED.has(code) || (code >= 200 && code <= 299)) return "refused";
  if (UNAVAILABLE.has(code) || status >= 500) return "unavailable";
  return "unexpected";
}

/** Graph writes "(#131047) Re-engagement message". */
function titleOf(message: string | null | undefined): string | null {
  return message?.replace(/^\(#\d+\) /, "") || null;
}

/** Retry-After in seconds; its other form, a date, is not sent by Meta. */
export function secondsOf(retryAfter: string | undefined): number | undefined {
  return retryAfter && /^\d{1,6}$/.test(retryAfter) ? Number(retryAfter) : undefined;
}

/**
 * Graph API reference, "Rate limits": the header lists uses by business account, each with the
 * minutes until calls are answered again, 0 while they are.
 */
function secondsToRegainAccess(usage: string | undefined): number | undefined {
  try {
    const parsed = usageHeader.safeParse(JSON.parse(usage ?? ""));
    const uses = parsed.success ? Object.values(parsed.data).flat() : [];
    return Math.max(...uses.map((use) => use.estimated_time_to_regain_access * 60)) || undefined;
  } catch {
    return undefined;
  }
}
