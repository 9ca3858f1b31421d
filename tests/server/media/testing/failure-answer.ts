import { type FailureKind, failureNotices, isFailureKind } from "#app/media/file/failure.ts";
import { headerProblem } from "./answer-headers.ts";
import type { HttpAnswer } from "./http-answer.ts";

/** Whether it is WhatsApp's failing, or a Range's: nobody here may see another. */
const MAY_BE_SEEN: Record<FailureKind, boolean> = {
  "signed-out": false,
  forbidden: false,
  "not-found": false,
  method: false,
  gone: true,
  range: true,
  internal: false,
  refused: true,
  upstream: true,
  throttled: true,
  busy: true,
  timeout: true,
};
/** What only the log may say. */
const INTERNALS =
  /\d+\.\d+\.\d+\.\d+|localhost|ECONN|UND_ERR|HPE_|\bat .*:\d+|token=|Bearer|undici/i;

/**
 * What is wrong with an answer that says why there is no file: its status, kind and body belong
 * together, it tells nothing of our inside, and 503 says when to come back.
 *
 * @returns undefined when all is right
 */
export function failureProblem(answer: HttpAnswer, method: string): string | undefined {
  const kind = answer.headers["x-media-failure"] ?? null;
  if (kind === null || !isFailureKind(kind) || !MAY_BE_SEEN[kind]) return `the failure is ${kind}`;
  const notice = failureNotices[kind];
  if (notice.status !== answer.status) return `the failure ${kind} is a ${answer.status}`;
  if (answer.headers["content-type"] !== "application/problem+json") return "it is no problem+json";
  const { "retry-after": retryAfter } = answer.headers;
  if (!/^\d+$/.test(retryAfter ?? (answer.status === 503 ? "none" : "0"))) {
    return `Retry-After is ${retryAfter}`;
  }
  return headerProblem(answer) ?? (method === "HEAD" ? undefined : bodyProblem(answer, kind));
}

function bodyProblem({ body, status }: HttpAnswer, kind: FailureKind): string | undefined {
  const text = body.toString("utf8");
  if (INTERNALS.test(text)) return `the body tells of our inside: ${text}`;
  const problem = JSON.parse(text) as Record<string, unknown>;
  const { message, retryable } = failureNotices[kind];
  const same = problem.title === message && problem.retryable === retryable;
  return same && problem.status === status && problem.kind === kind
    ? undefined
    : `the body is ${text}`;
}
