import { type ActionFunctionArgs, data, redirect } from "@remix-run/node";
import { findViewer, requireViewer } from "#app/auth/viewer.server.ts";
import { disconnectSignal } from "#app/http/load-context.ts";
import { UnreadableFormError } from "#app/http/posted-form.server.ts";
import { listHref, readListParameters } from "#app/inbox/list-parameters.ts";
import { reachConversation } from "#app/inbox/reach-conversation.server.ts";
import type { ConversationHead } from "#app/models/inbox/conversations.server.ts";
import { numericId } from "#app/models/numeric-id.ts";
import { findAttempt } from "#app/models/outgoing/outgoing-attempt.server.ts";
import { discard, takeAgain } from "#app/models/outgoing/unsent-messages.server.ts";
import { ActionError, type ComposerError } from "./action-error.ts";
import { deliver } from "./delivery.server.ts";
import { uploadFile } from "./file-upload.server.ts";
import { markReadUpTo } from "./read-receipts.server.ts";
import { replyWindow } from "./reply-window.ts";
import { sendForm } from "./send-form.server.ts";
import type { Asked, Sending } from "./sending.ts";
import { readStreamedForm, type StreamedForm } from "./streamed-form.server.ts";

export function createConversationAction(sending: Sending) {
  /**
   * The forms of a conversation's page: field `intent` is send, retry, discard or read. Leads back
   * to the page, or shows it again with what is wrong.
   *
   * @throws 404 and 403 as the page does
   */
  return async function conversationAction({ request, params, context }: ActionFunctionArgs) {
    const viewer = await requireViewer(request, context);
    const conversation = await reachConversation(viewer, numericId(params.conversationId));
    const signal = disconnectSignal(context, request);
    let form: StreamedForm | undefined;
    try {
      form = await readStreamedForm(request);
      return await act({ viewer, conversation, form, request, signal });
    } catch (error) {
      if (!(error instanceof ActionError || error instanceof UnreadableFormError)) throw error;
      const shown: ComposerError = { error: error.message, text: form?.fields.get("text") ?? "" };
      return data(shown, error.status);
    } finally {
      form?.close();
    }
  };

  async function act(asked: Asked) {
    const { viewer, conversation, form, request } = asked;
    const page = `/conversations/${conversation.id}`;
    const query = new URL(request.url).searchParams;
    const now = new Date(sending.now());
    const place = {
      conversationId: conversation.id,
      messageId: numericId(form.fields.get("message")) ?? 0,
    };
    switch (form.fields.get("intent")) {
      case "send":
        checkWindow(conversation, now);
        await sendForm(sending, asked, () => reachAgain(asked));
        // A reply that was sent is no longer being written.
        return redirect(listHref(page, readListParameters(query)), 303);
      case "retry": {
        checkWindow(conversation, now);
        if (await takeAgain(viewer.scope, place, now)) {
          const attempt = await findAttempt(viewer.scope, place.messageId);
          if (attempt) await sending.deliver(viewer.scope, attempt);
        }
        break;
      }
      case "discard":
        await discard(viewer.scope, place, now);
        break;
      case "read":
        await sending.markReadUpTo(viewer.scope, conversation, form.fields.get("through"));
        break;
      default:
        throw new ActionError(400, "The form could not be read. Reload the page, and try again.");
    }
    query.delete("reveal");
    query.delete("file");
    query.delete("t");
    return redirect(query.size > 0 ? `${page}?${query}` : page, 303);
  }
}

function checkWindow({ lastInboundAt }: ConversationHead, now: Date): void {
  if (replyWindow(lastInboundAt, now.getTime()).open) return;
  throw new ActionError(
    409,
    "More than 24 hours have passed since the customer last wrote, so WhatsApp takes no reply. Wait until they write again.",
  );
}

/** An upload takes long: who began it may have left the company since, or the number. */
async function reachAgain({ request, conversation }: Asked): Promise<void> {
  const viewer = await findViewer(request);
  if (!viewer) throw new ActionError(401, "You have been signed out. Sign in, and send it again.");
  await reachConversation(viewer, conversation.id);
}

export const conversationAction = createConversationAction({
  deliver,
  uploadFile,
  markReadUpTo,
  now: Date.now,
});
