import type { Answer } from "#simulator/wire/exchange.ts";
import { graphAnswer } from "./answer.ts";

/** The inner part of Graph's error envelope, without its fbtrace_id. */
export interface GraphError {
  message: string;
  type: string;
  code: number;
  error_subcode?: number;
  is_transient?: boolean;
  error_data?: { messaging_product: "whatsapp"; details: string };
}

/** An error as Graph answers it. */
export function graphError(
  status: number,
  error: GraphError,
  headers: Record<string, string> = {},
): Answer {
  const reason = status === 401 ? "invalid_token" : "invalid_request";
  const challenge =
    status === 400 || status === 401
      ? { "WWW-Authenticate": `OAuth "Facebook Platform" "${reason}" "${error.message}"` }
      : undefined;
  return graphAnswer(
    status,
    (trace) => JSON.stringify({ error: { ...error, fbtrace_id: trace } }),
    {
      "Cross-Origin-Resource-Policy": "cross-origin",
      "X-App-Usage": JSON.stringify({ call_count: 0, total_cputime: 0, total_time: 0 }),
      "Cache-Control": "no-store",
      ...challenge,
      ...headers,
    },
  );
}

/**
 * The one answer for unknown, expired and deleted ids and for those of another business.
 * As recorded from Meta in October 2024, status 400 and not 404.
 */
export function noSuchObject(id: string, method = "get"): Answer {
  const cannot = "does not exist, cannot be loaded due to missing permissions";
  const read = "Please read the Graph API documentation at";
  return graphError(400, {
    message: `Unsupported ${method} request. Object with ID '${id}' ${cannot}, or does not support this operation. ${read} https://developers.facebook.com/docs/graph-api`,
    type: "GraphMethodException",
    code: 100,
    error_subcode: 33,
  });
}

export function missingToken(): Answer {
  const message = "An access token is required to request this resource";
  return graphError(401, { message, type: "OAuthException", code: 104 });
}

export function wrongToken(): Answer {
  const message = "Invalid OAuth access token - Cannot parse access token";
  return graphError(401, { message, type: "OAuthException", code: 190 });
}
