import { notFound } from "#app/http/refused-pages.ts";
import { findReplyTarget } from "#app/models/messages/reply-target.server.ts";
import { numericId } from "#app/models/numeric-id.ts";
import { isMessageKey } from "#app/models/outgoing/local-wamid.ts";
import { addOutgoing, type NewOutgoing } from "#app/models/outgoing/outgoing.server.ts";
import { findAttempt } from "#app/models/outgoing/outgoing-attempt.server.ts";
import { ActionError } from "./action-error.ts";
import type { Uploaded } from "./file-upload.server.ts";
import { messageKey } from "./message-key.ts";
import { cleanText, lengthOf, MAX_TEXT } from "./message-text.ts";
import type { Asked, Sending } from "./sending.ts";

/**
 * Sends what the composer's form holds: a text, or a file with it. A form that comes twice is sent
 * once. Whatever becomes of the message after it was added is to be seen in the conversation.
 *
 * @param checkAgain whether the person may still send, after a long upload
 * @throws {ActionError} when nothing was sent, and nothing is left of it
 */
export async function sendForm(
  sending: Sending,
  asked: Asked,
  checkAgain: () => Promise<void>,
): Promise<void> {
  const { viewer, conversation, form } = asked;
  const { fields } = form;
  const [formKey = null, typed] = [fields.get("key"), fields.get("text")];
  if (!isMessageKey(formKey) || typed === undefined) {
    throw new ActionError(400, "The form could not be read. Reload the page, and send it again.");
  }
  const text = cleanText(typed);
  const replyToWamid = await answered(asked);
  const uploaded = form.file && (await uploadOf(sending, asked, text));
  if (uploaded) await checkAgain();
  else checkText(text);
  const message: NewOutgoing = {
    conversationId: conversation.id,
    key: messageKey(formKey, {
      conversationId: conversation.id,
      userId: viewer.id,
      text,
      replyToWamid,
      fileSha256: uploaded?.sha256 ?? null,
    }),
    sentByUserId: viewer.id,
    type: uploaded?.kind ?? "text",
    body: uploaded ? null : text,
    replyToWamid,
    file: uploaded ?? null,
  };
  const added = await addOutgoing(
    viewer.scope,
    message,
    new Date(sending.now()),
    uploaded?.failure,
  );
  if (added === "gone") throw notFound();
  await sending.markReadUpTo(viewer.scope, conversation, fields.get("through"));
  if (added === undefined || uploaded?.failure) return;
  const attempt = await findAttempt(viewer.scope, added);
  if (attempt) await sending.deliver(viewer.scope, attempt);
}

/** The message that is answered: the page's own parameter `reply`, in the form. */
async function answered({ viewer, conversation, form }: Asked): Promise<string | null> {
  const posted = form.fields.get("reply");
  if (!posted) return null;
  const place = { conversationId: conversation.id, messageId: numericId(posted) ?? 0 };
  const target = await findReplyTarget(viewer.scope, place);
  if (target) return target.wamid;
  throw new ActionError(
    409,
    "The message that you answer can't be quoted any more. Cancel the quote, and send it again.",
  );
}

function uploadOf(sending: Sending, asked: Asked, caption: string): Promise<Uploaded> | undefined {
  const { viewer, conversation, form, request, signal } = asked;
  const contentLength = Number(request.headers.get("content-length")) || undefined;
  return (
    form.file &&
    sending.uploadFile(
      {
        companyId: viewer.scope.companyId,
        userId: viewer.id,
        phoneNumberId: conversation.phoneNumberId,
        caption,
        file: form.file,
        contentLength,
      },
      signal,
    )
  );
}

function checkText(text: string): void {
  if (!text) throw new ActionError(400, "Write something, or attach a file.");
  const excess = lengthOf(text) - MAX_TEXT;
  if (excess <= 0) return;
  throw new ActionError(
    422,
    `The text is ${excess} ${excess === 1 ? "character" : "characters"} too long: WhatsApp takes ${MAX_TEXT}. Shorten it, or send it in two parts.`,
  );
}
