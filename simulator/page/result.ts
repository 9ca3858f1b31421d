import type { Chat } from "#simulator/phone/chats.ts";
import type { SentMessage } from "#simulator/phone/send.ts";
import { type Html, html } from "./html.ts";

const MAX_SHOWN_CHARACTERS = 300;

/** What came of the last form. */
export interface Result {
  fine: boolean;
  text: string;
  /** Where it is told; without it on the first page. */
  chat?: Pick<Chat, "to" | "customer"> | undefined;
}

/** What became of a message that was sent to the webhook. */
export function resultOf({ status, body, attempts }: SentMessage): Result {
  const tries = attempts > 1 ? ` after ${attempts} attempts` : "";
  if (status === 200) return { fine: true, text: `Sent, webhook answered 200${tries}` };
  const why = body.slice(0, MAX_SHOWN_CHARACTERS);
  if (status === null) return { fine: false, text: `Not delivered${tries}: ${why}` };
  return { fine: false, text: `Not accepted, webhook answered ${status}${tries}: ${why}` };
}

export function resultView(result: Result | undefined): Html | undefined {
  return (
    result &&
    html`<section class="${result.fine ? "result" : "result bad"}" role="status">${result.text}</section>`
  );
}
