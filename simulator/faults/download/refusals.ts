import { z } from "zod";
import { htmlError, notFound } from "#simulator/answers/download-refusals.ts";
import { graphError, wrongToken } from "#simulator/answers/errors.ts";
import { textAnswer } from "#simulator/wire/exchange.ts";
import { retryAfter, retryAfterHeader } from "../kinds/definition.ts";
import { downloadFault as fault } from "./context.ts";

/** What the CDN answers when it hands out no file, or hands out a page instead of one. */
export const refusals = {
  gone: fault("404, as for an expired URL", {}, () => notFound()),
  unauthorized: fault(
    "401 or 403",
    { status: z.literal([401, 403]).default(401) },
    (_answer, { status }) => ({ ...wrongToken(), status }),
  ),
  throttle: fault("429, rate limited", retryAfter, (_answer, options) =>
    textAnswer(429, { "Content-Type": "text/html", ...retryAfterHeader(options) }, ""),
  ),
  serverError: fault(
    "500, 502, 503 or 504",
    { status: z.literal([500, 502, 503, 504]).default(500) },
    (_answer, { status }) => htmlError(status),
  ),
  unasked: fault(
    "204, 205, 206 or 304 that nobody asked for",
    { status: z.literal([204, 205, 206, 304]).default(206) },
    (_answer, { status }, { whole, media }) => {
      const { headers, body } = whole();
      const { size } = media.content;
      const range = { "Content-Range": `bytes 0-${Math.max(0, size - 1)}/${size}` };
      if (status === 206) return { status, headers: { ...headers, ...range }, body };
      return textAnswer(status, headers, "");
    },
  ),
  htmlError: fault(
    "200 with an HTML error page",
    { mimeType: z.string().min(1).default('text/html; charset="utf-8"') },
    (_answer, { mimeType }) => {
      const page = htmlError(200);
      return { ...page, headers: { ...page.headers, "Content-Type": mimeType } };
    },
  ),
  jsonError: fault(
    "200 with an error of Graph",
    { mimeType: z.string().min(1).default("application/json; charset=UTF-8") },
    (_answer, { mimeType }) => {
      const message = "(#131000) Something went wrong";
      const error = graphError(200, { message, type: "OAuthException", code: 131000 });
      return { ...error, headers: { ...error.headers, "Content-Type": mimeType } };
    },
  ),
};
