/** Why a file can't be shown, in a person's terms. */
export interface FailureNotice {
  status: number;
  /** One sentence for the agent: what happened and what to do. */
  message: string;
  /** Whether the same request can succeed later. */
  retryable: boolean;
}

export const failureNotices = {
  "signed-out": {
    status: 401,
    message: "You are signed out. Sign in and tap again.",
    retryable: false,
  },
  forbidden: {
    status: 403,
    message:
      "You are not a member of this WhatsApp number. Ask an admin of your company for access.",
    retryable: false,
  },
  "not-found": {
    status: 404,
    message: "There is no such file.",
    retryable: false,
  },
  method: {
    status: 405,
    message: "A file can only be read: use GET or HEAD.",
    retryable: false,
  },
  gone: {
    status: 410,
    message: "WhatsApp no longer has this file. Ask the customer to send it again.",
    retryable: false,
  },
  range: {
    status: 416,
    message: "The requested part lies outside the file.",
    retryable: false,
  },
  internal: {
    status: 500,
    message:
      "Something went wrong on our side. Try again; if it stays so, tell your administrator.",
    retryable: true,
  },
  refused: {
    status: 502,
    message:
      "WhatsApp refused to hand out this file. Tell your administrator: the access token may need attention.",
    retryable: false,
  },
  upstream: {
    status: 502,
    message: "WhatsApp failed to deliver this file. Try again in a moment.",
    retryable: true,
  },
  throttled: {
    status: 503,
    message: "WhatsApp asks for a pause. Try again in a little while.",
    retryable: true,
  },
  busy: {
    status: 503,
    message: "Too many files are open at once. Close some and try again.",
    retryable: true,
  },
  timeout: {
    status: 504,
    message: "WhatsApp took too long to answer. Try again.",
    retryable: true,
  },
} as const satisfies Record<string, FailureNotice>;

/** Tells a failure's kind to who can't read the body: the answer to a HEAD has none. */
export const FAILURE_HEADER = "X-Media-Failure";

export type FailureKind = keyof typeof failureNotices;

export function isFailureKind(kind: string): kind is FailureKind {
  return Object.hasOwn(failureNotices, kind);
}

/** @returns undefined for what is not a kind */
export function noticeFor(kind: string | null): FailureNotice | undefined {
  return kind !== null && isFailureKind(kind) ? failureNotices[kind] : undefined;
}

/** A file can't be shown. `detail` is for the log only: it may speak of hosts and codes. */
export class MediaFailure extends Error {
  override name = "MediaFailure";
  readonly kind: FailureKind;
  readonly detail: string | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(
    kind: FailureKind,
    options: { detail?: string | undefined; retryAfterSeconds?: number | undefined } = {},
  ) {
    super(failureNotices[kind].message);
    this.kind = kind;
    this.detail = options.detail;
    this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
