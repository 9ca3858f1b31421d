import {
  data,
  type HeadersFunction,
  type LoaderFunctionArgs,
  type MetaFunction,
} from "@remix-run/node";
import { useLoaderData } from "@remix-run/react";
import { findViewer } from "#app/auth/viewer.server.ts";
import { reachConversation } from "#app/inbox/reach-conversation.server.ts";
import { warmUpForTaps } from "#app/media/source/warm-up.server.ts";
import { listMessages } from "#app/models/messages/messages.server.ts";
import { numericId } from "#app/models/numeric-id.ts";
import { timeZone } from "#app/process/time-zone.server.ts";
import { News, SignedOutNews } from "#app/ui/thread/news.tsx";

const EVERY_SECONDS = 20;

/** It stands in a frame of a page without a script. */
export const handle = { scriptless: true };

export const meta: MetaFunction = () => [{ title: "New messages · Tapview" }];

export const headers: HeadersFunction = ({ loaderHeaders }) => loaderHeaders;

/** The messages that came after the one with the id `after`; with `every=20`, looked for again and again. */
export async function loader({ request, params }: LoaderFunctionArgs) {
  const viewer = await findViewer(request);
  // A frame is no place for the sign-in page.
  if (!viewer) return data(null, 401);
  const conversation = await reachConversation(viewer, numericId(params.conversationId));
  const query = new URL(request.url).searchParams;
  const after = /^\d{1,15}$/.exec(query.get("after") ?? "")?.[0];
  if (after === undefined) throw new Response("Name the last message in after.", { status: 400 });
  const { messages } = await listMessages(viewer.scope, conversation.id, { name: "newest" });
  const news = messages.filter((message) => message.id > Number(after));
  warmUpForTaps(news);
  const repeats = query.get("every") === String(EVERY_SECONDS);
  return data(
    {
      conversation,
      messages: news,
      after: Number(after),
      every: { seconds: EVERY_SECONDS, isOn: repeats },
      now: Date.now(),
      timeZone,
    },
    { headers: repeats ? { Refresh: String(EVERY_SECONDS) } : {} },
  );
}

export default function NewsPage() {
  const page = useLoaderData<typeof loader>();
  return page === null ? <SignedOutNews /> : <News {...page} />;
}
