import type { IncomingMessage } from "node:http";

const MAX_ENTRIES = 20_000;

export type Role = "lookup" | "download" | "send" | "upload" | "delete";

/** A file that was uploaded; never its bytes. */
export interface LoggedFile {
  mimeType: string;
  filename: string;
  size: number;
  /** In hex. */
  sha256: string;
}

/**
 * How a request stands: `finished` the whole answer was handed over (also an error's), `client-closed`
 * the other side left before, `fault` a fault made the simulator break the connection.
 */
export type Outcome = "open" | "finished" | "client-closed" | "fault";

/** One request to Graph or the CDN. Changes while the request runs; never holds the token. */
export interface LoggedRequest {
  sequence: number;
  /** Milliseconds since 1970. */
  at: number;
  role: Role;
  method: string;
  /** Without the query, which for a download carries a credential. */
  path: string;
  /** The file that it is about; of an upload the id that was given, if one was. */
  mediaId: string | null;
  /** The JSON of a send. */
  message: unknown;
  /** What an upload brought. */
  file: LoggedFile | null;
  range: string | null;
  userAgent: string | null;
  acceptEncoding: string | null;
  hasBearer: boolean;
  hasPhoneNumberId: boolean;
  /** The fault that shaped the answer, whatever the outcome. */
  fault: string | null;
  status: number | null;
  /** Of the body. */
  bytesSent: number;
  outcome: Outcome;
  closedAt: number | null;
}

/** The requests to Graph and the CDN, oldest first; of very many the newest 20,000. */
export class RequestLog {
  #entries: LoggedRequest[] = [];
  readonly #counts: Record<Role, number> = {
    lookup: 0,
    download: 0,
    send: 0,
    upload: 0,
    delete: 0,
  };
  #sequence = 0;
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Adds a request that has just arrived. The caller keeps the entry up to date. */
  begin(request: IncomingMessage, url: URL, role: Role, mediaId: string | null): LoggedRequest {
    this.#sequence += 1;
    const entry: LoggedRequest = {
      sequence: this.#sequence,
      at: this.#now(),
      role,
      method: request.method ?? "",
      path: url.pathname,
      mediaId,
      message: null,
      file: null,
      range: request.headers.range ?? null,
      userAgent: request.headers["user-agent"] ?? null,
      acceptEncoding: request.headers["accept-encoding"]?.toString() ?? null,
      hasBearer: /^bearer /i.test(request.headers.authorization ?? ""),
      hasPhoneNumberId: url.searchParams.has("phone_number_id"),
      fault: null,
      status: null,
      bytesSent: 0,
      outcome: "open",
      closedAt: null,
    };
    this.#entries.push(entry);
    this.#counts[role] += 1;
    if (this.#entries.length > 2 * MAX_ENTRIES) this.#entries = this.#entries.slice(-MAX_ENTRIES);
    return entry;
  }

  end(entry: LoggedRequest, outcome: Outcome): void {
    entry.outcome = outcome;
    entry.closedAt = this.#now();
  }

  /** Copies, so that a list doesn't change while it is looked at. */
  list(): LoggedRequest[] {
    return this.#entries.slice(-MAX_ENTRIES).map((entry) => ({ ...entry }));
  }

  /** How many there were since the start, also those that the list has forgotten. */
  counts(): Record<Role, number> {
    return { ...this.#counts };
  }

  /** The requests that are still being answered. */
  open(): LoggedRequest[] {
    return this.list().filter(({ outcome }) => outcome === "open");
  }

  /** Forgets every request, open ones too; the counts stay. */
  clear(): void {
    this.#entries = [];
  }
}
