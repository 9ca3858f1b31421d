import { numericId } from "#app/models/numeric-id.ts";
import { searchWords } from "#app/models/search/search-words.ts";

/** What the address says of the list of conversations, also where it stands beside a conversation. */
export interface ListParameters {
  /** What is searched for; with it, `unread` doesn't count. */
  q?: string | undefined;
  /** Only the conversations of this number. */
  account?: number | undefined;
  unread?: boolean | undefined;
  /** The position after which the page begins. */
  page?: string | undefined;
}

const POSITION = /^\d{1,16}-\d{1,15}$/;

/** Whatever a person or a program wrote there: what can't be meant is left out, a long search is cut. */
export function readListParameters(search: URLSearchParams): ListParameters {
  const q = searchWords(search.get("q") ?? "")?.text;
  const page = search.get("page");
  return {
    q,
    account: numericId(search.get("account")),
    unread: !q && search.get("unread") === "1",
    page: page !== null && POSITION.test(page) ? page : undefined,
  };
}

/** An address with these parameters; its own stay, and come first. */
export function listHref(href: string, { q, account, unread, page }: ListParameters): string {
  const [, path = "", query = "", hash = ""] = /^([^?#]*)\??([^#]*)(.*)$/s.exec(href) ?? [];
  const search = new URLSearchParams(query);
  if (q) search.set("q", q);
  if (account) search.set("account", `${account}`);
  if (unread) search.set("unread", "1");
  if (page) search.set("page", page);
  return `${path}${search.size > 0 ? `?${search}` : ""}${hash}`;
}
