import type { Delivery, MessageResponse } from "#app/models/messages/message-response.ts";
import { FAILED, UNCONFIRMED } from "#app/models/outgoing/outgoing-status.ts";
import { PostForm } from "../page/post-form.tsx";
import type { ThreadLinks } from "../words/thread-links.ts";
import { sendFailureWords } from "./failure-words.ts";

/**
 * Why a message of ours was not sent, or may not have been. While WhatsApp has given it no id, it
 * can be tried again or given up: the buttons post `intent` and `message` to the conversation.
 */
export function UnsentNotice({
  message,
  delivery,
  links,
}: {
  message: MessageResponse;
  delivery: Delivery;
  links: ThreadLinks;
}) {
  const isDoubtful = delivery.status === UNCONFIRMED;
  if (!isDoubtful && delivery.status !== FAILED) return null;
  const hasContent = message.mediaKind === null || message.mediaId !== null;
  return (
    <>
      <p className="failed text-sm wrap-anywhere">
        {isDoubtful
          ? "WhatsApp has not confirmed this. It may have been sent; if it was, this goes away by itself."
          : sendFailureWords(delivery)}
      </p>
      {message.isLocal && (
        <PostForm action={links.post} target={links.target} className="flex gap-2">
          <input type="hidden" name="message" value={message.id} />
          {hasContent && (
            <button type="submit" name="intent" value="retry" className="quiet">
              {isDoubtful ? "Send again anyway" : "Send again"}
            </button>
          )}
          <button type="submit" name="intent" value="discard" className="quiet">
            Discard
          </button>
        </PostForm>
      )}
    </>
  );
}
