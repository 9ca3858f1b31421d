import { Link } from "@remix-run/react";
import { type ListParameters, listHref } from "#app/inbox/list-parameters.ts";
import type { Role } from "#app/models/role.ts";

export interface EmptyListProps {
  parameters: ListParameters;
  role: Role;
  /** Whether there is any number whose conversations the person may see. */
  hasAccount: boolean;
  /** The search was given up. */
  tookTooLong: boolean;
  /** Of the page that says it. */
  path: string;
}

/** Why the list is empty, in one sentence, and a way on. */
export function EmptyList(props: EmptyListProps) {
  const { sentence, way, to } = words(props);
  return (
    <div className="flex flex-col items-start gap-2 px-4 py-6">
      <p className="muted wrap-anywhere">{sentence}</p>
      <Link to={to} className="quiet -ml-2">
        {way}
      </Link>
    </div>
  );
}

function words({ parameters, role, hasAccount, tookTooLong, path }: EmptyListProps) {
  const { q, account, unread, page } = parameters;
  if (!hasAccount) {
    const sentence =
      role === "admin"
        ? "Your company has no WhatsApp number here yet; whoever runs the server can add one."
        : "You are not a member of any number yet; an admin of your company can add you.";
    return { sentence, way: "Look again", to: path };
  }
  if (tookTooLong) {
    const sentence = "This search took too long. Try another word, or a longer one.";
    return { sentence, way: "All conversations", to: listHref(path, { account }) };
  }
  if (page) {
    const sentence = "There is nothing older.";
    return { sentence, way: "Newest", to: listHref(path, { ...parameters, page: undefined }) };
  }
  if (q && account) {
    const sentence = `No contact and no message on this number has “${q}”.`;
    return { sentence, way: "Search all numbers", to: listHref(path, { q }) };
  }
  if (q) {
    const sentence = `No contact and no message has “${q}”.`;
    return { sentence, way: "All conversations", to: path };
  }
  if (unread) {
    const sentence = account ? "Nothing on this number is unread." : "Nothing is unread.";
    return { sentence, way: "All conversations", to: listHref(path, { account }) };
  }
  if (account) {
    return { sentence: "Nobody has written to this number yet.", way: "All numbers", to: path };
  }
  const sentence = "No conversation yet: one appears when a customer writes to a number of yours.";
  return { sentence, way: "Look again", to: path };
}
