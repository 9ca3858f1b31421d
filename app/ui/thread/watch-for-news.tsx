import { InlineFrame, WithoutScript } from "../page/without-script.tsx";

/**
 * For whoever writes on a page that doesn't update by itself: looks for new messages in a frame, so
 * that the draft and the scroll position stay. The frame asks for nothing before a tap.
 *
 * @param after the page's last message; 0 when it has none
 */
export function WatchForNews({ conversationId, after }: { conversationId: number; after: number }) {
  return (
    <WithoutScript>
      <details className="min-w-0">
        <summary className="quiet">
          Watch<span className="sr-only"> for new messages</span> here
        </summary>
        <InlineFrame className="h-56 w-full" title="New messages">
          <a className="quiet" href={`/conversations/${conversationId}/news?after=${after}`}>
            Look for new messages
          </a>
        </InlineFrame>
      </details>
    </WithoutScript>
  );
}
