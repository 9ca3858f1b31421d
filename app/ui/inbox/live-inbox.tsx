import { useLiveInbox } from "#app/live/use-live-inbox.ts";
import { OfflineBanner } from "../page/offline-banner.tsx";
import { ExpiredMediaToasts } from "../tile/expired-media-toasts.tsx";
import { type AnnouncedConversation, NewMessageAnnouncer } from "./new-message-announcer.tsx";

/**
 * What a hydrated inbox has beside its pages: updates without a tap, and notices of what went wrong.
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
