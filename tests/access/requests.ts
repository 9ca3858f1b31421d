import { HANDOFF_HEADER } from "#app/http/handoff.ts";
import { ROUTE_TRAITS } from "#app/http/route-traits.ts";
import type { Question } from "./ask.ts";
import type { PostedForm } from "./posted-forms.ts";
import { fill, type Parameters, type Path } from "./route-paths.ts";

/** One way to ask at a path: all that doesn't depend on who asks. */
export interface Way extends Omit<Question, "headers"> {
  headers?: Record<string, string>;
  /** By the table's line for GET or POST; of a route without a loader, the data are none. */
  expected: "as GET" | "as GET or nothing" | "as POST" | "404" | "405";
}

/** Without it there is no page. */
const QUERY: Record<string, string> = { "/conversations/:conversationId/news": "after=0" };
/** What else a page can be asked for. */
const MORE_QUERIES: Record<string, string[]> = {
  "/conversations": ["q=Text", "account=:accountId", "unread=1"],
  "/conversations/:conversationId": ["reveal=:messageId", "reveal=:messageId&file=:mediaId"],
  "/expiring": ["after=:messageId", "after=:messageId&file=1"],
};

/** @returns all ways to read at a path */
export function waysToRead({ path, ids }: Path, parameters: Parameters): Way[] {
  const { page, data, hasData } = addressesOf(path, parameters);
  const asData = hasData ? "as GET" : "404";
  const query = QUERY[path] ?? "";
  const more = (MORE_QUERIES[path] ?? []).map((query) => fill(query, parameters));
  const asHead = path === "/webhooks/whatsapp" ? "405" : "as GET";
  return [
    ...[query, ...more].flatMap((query): Way[] => [
      { method: "GET", path: `${page}?${query}`, expected: "as GET" },
      { method: "GET", path: `${data}?${query}`, expected: asData },
      { ...handoff, path: `${page}?${query}`, expected: "as GET" },
    ]),
    { method: "HEAD", path: `${page}?${query}`, expected: asHead },
    { method: "HEAD", path: `${data}?${query}`, expected: asData },
    ...["root", ...ids].flatMap((id): Way[] => [
      {
        method: "GET",
        path: `${data}?${new URLSearchParams({ _routes: id })}&${query}`,
        expected: hasData ? "as GET or nothing" : "404",
      },
      { method: "GET", path: `${page}?${new URLSearchParams({ _data: id })}`, expected: "404" },
    ]),
  ];
}

const handoff = { method: "GET", headers: { [HANDOFF_HEADER]: "1" } };

/** @returns all ways to change something at a path, with each of its forms */
export function waysToChange(
  { path, ids }: Path,
  parameters: Parameters,
  forms: () => PostedForm[],
): Way[] {
  const { page, data, hasData } = addressesOf(path, parameters);
  // Whatever the form, they are first asked for their method.
  const isMedia = ROUTE_TRAITS[path]?.media;
  const each = (way: Pick<Way, "path" | "expected">) =>
    forms().map((form): Way => ({ method: "POST", ...way, form }));
  const [form] = forms();
  return [
    ...each({ path: page, expected: "as POST" }),
    ...each({ path: data, expected: hasData || isMedia ? "as POST" : "404" }),
    ...(ids.length > 1 ? each({ path: `${page}?index`, expected: "as POST" }) : []),
    ...ids.flatMap((id) => {
      const path = `${page}?${new URLSearchParams({ _data: id })}`;
      return each({ path, expected: isMedia ? "405" : "404" });
    }),
    ...["PUT", "PATCH", "DELETE", "OPTIONS"].flatMap((method): Way[] => [
      { method, path: page, form, expected: "405" },
      { method, path: data, form, expected: hasData || isMedia ? "405" : "404" },
    ]),
  ];
}

/** A path's own address, and the one of its data (Remix: single fetch). */
function addressesOf(path: string, parameters: Parameters) {
  const page = fill(path, parameters).replace("*", "no-such-page");
  const data = page === "/" ? "/_root.data" : `${page}.data`;
  return { page, data, hasData: ROUTE_TRAITS[path]?.asData };
}
