import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { Link, useLoaderData } from "@remix-run/react";
import { requireViewer } from "#app/auth/viewer.server.ts";
import { disconnectSignal } from "#app/load-context.ts";
import { revealInPage } from "#app/media/reveal.server.ts";
import { findConversation } from "#app/models/conversations.server.ts";
import { listMessages } from "#app/models/messages.server.ts";
import { notFound } from "#app/not-found.ts";
import { numericId } from "#app/numeric-id.ts";
import { timeZone } from "#app/time-zone.server.ts";
import { MessageList } from "#app/ui/message-list.tsx";

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data?.conversation.contactName ?? "Conversation"} · Tapview` },
];

export async function loader({ request, params, context }: LoaderFunctionArgs) {
  const viewer = await requireViewer(request);
  const id = numericId(params.conversationId);
  const conversation = id && (await findConversation(viewer.scope, viewer, id));
  if (!conversation) throw notFound();
  const query = new URL(request.url).searchParams;
  const before = numericId(query.get("before"));
  const page = await listMessages(viewer.scope, conversation.id, before);
  const wanted = page.messages.find(({ id }) => id === numericId(query.get("reveal")));
  const reveal = wanted && (await revealInPage(viewer, wanted, disconnectSignal(context, request)));
  return { conversation, ...page, before, reveal: reveal ?? null, now: Date.now(), timeZone };
}

export default function ConversationPage() {
  const { conversation, older, ...page } = useLoaderData<typeof loader>();
  return (
    <main className="flex min-w-0 flex-col">
      <header className="sticky top-0 z-10 flex items-center gap-3 border-slate-200 border-b bg-white px-4 py-3 dark:border-slate-700 dark:bg-slate-900">
        <Link to="/conversations" className="quiet md:hidden">
          Back
        </Link>
        <div className="min-w-0">
          <h2 className="truncate font-semibold">
            <bdi>{conversation.contactName}</bdi>
          </h2>
          <p className="truncate text-slate-600 text-sm dark:text-slate-300">
            <bdi>{conversation.accountName}</bdi>
          </p>
        </div>
      </header>
      <div className="flex flex-1 flex-col justify-end gap-4 px-3 py-4 sm:px-6">
        {older && (
          <Link to={`?before=${older}`} className="quiet self-center">
            Older messages
          </Link>
        )}
        <MessageList {...page} contactName={conversation.contactName} />
      </div>
    </main>
  );
}
