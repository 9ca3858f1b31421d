import { cleanup, render } from "@testing-library/react";
import { afterEach, expect, it } from "vitest";
import type { MessageKind } from "#app/models/message-kind.ts";
import { messageDetails } from "#app/models/messages/message-details.ts";
import { messageOf } from "#app/whatsapp/payload/testing/parsed.ts";
import { messageResponse, show } from "#tests/support/message.tsx";
import { samples } from "#tests/support/webhooks.ts";
import { LastLine } from "../inbox/last-line.tsx";
import { quoteWords } from "../message/message-words.ts";

afterEach(cleanup);

/** What a person reads of each sample: in the conversation, and in one line, where it differs. */
const WORDS: Record<MessageKind, [shown: string, inOneLine?: string]> = {
  text: ["Hello"],
  image: ["The receipt"],
  video: ["A video"],
  audio: ["Voice message"],
  document: ["receipt.pdf", "Document"],
  sticker: ["Sticker"],
  location: ["OfficeDam 1", "Location"],
  contacts: ["Ben", "Contact"],
  interactive: ["Chose: Blue", "Blue\nDark"],
  button: ["Chose: Stop", "Stop"],
  order: ["lamp", "Order"],
  system: ["User A changed from 15550100001 to 15550100002"],
  request_welcome: ["Ana opened the chat.", "Opened the chat"],
  media_placeholder: ["A file from before this inbox was connected.", "File"],
  unsupported: ["WhatsApp calls it “poll”", "Unsupported message"],
};

it.each(Object.entries(WORDS))("a message of the kind %s is shown as what it is", (kind, words) => {
  const [shown, inOneLine = shown] = words;
  const received = messageOf(samples[kind as MessageKind]);
  if (!received) return expect.fail("It can't be read.");
  const { type, body, payload, mediaId, mediaCaption, mediaFilename } = received;
  const message = messageResponse({
    type,
    body,
    details: messageDetails(type, payload),
    mediaId,
    mediaCaption,
    mediaFilename,
    mediaVoice: received.mediaVoice ?? false,
  });
  expect(show(message).container.textContent).toContain(shown);

  const text = mediaCaption ?? body;
  const { direction, senderName, mediaVoice } = message;
  const line = { direction, senderName, type, text, mediaVoice, revoked: false };
  const last = render(<LastLine message={{ ...line, mediaFilename, status: null }} />);
  expect(last.container.textContent).toContain(inOneLine);
  expect(quoteWords({ ...line, missing: false, messageId: 1 })).toBe(inOneLine);
});
