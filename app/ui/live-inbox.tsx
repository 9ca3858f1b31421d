import { useLiveInbox } from "#app/live/use-live-inbox.ts";
import { ExpiredMediaToasts } from "./expired-media-toasts.tsx";
import { type AnnouncedConversation, NewMessageAnnouncer } from "./new-message-announcer.tsx";
import { OfflineBanner } from "./offline-banner.tsx";

/**
 * What a hydrated inbox has beside its pages: news without a tap, and what to do about bad news.
 *
 * @param props.list what the list's loader gave
 */
export function LiveInbox(props: {
  list: unknown;
  conversations: readonly AnnouncedConversation[];
}) {
  useLiveInbox(props.list);
  return (
    <>
      <OfflineBanner />
      <NewMessageAnnouncer conversations={props.conversations} />
      <ExpiredMediaToasts />
    </>
  );
}
