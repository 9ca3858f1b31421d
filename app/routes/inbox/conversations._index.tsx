import type { MetaFunction } from "@remix-run/node";
import { inboxTitle } from "#app/ui/words/inbox-title.ts";

export const meta: MetaFunction = ({ matches }) => [inboxTitle(matches, "Conversations")];

export default function NoConversation() {
  return (
    <p className="muted hidden items-center justify-center p-6 md:flex">Choose a conversation.</p>
  );
}
