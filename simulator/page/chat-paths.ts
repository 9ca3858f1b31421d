import type { Chat } from "#simulator/phone/chats.ts";

export const CHAT_PATH = "/_phone/chat";
export const FILE_PATH = "/_phone/file";
export const READ_PATH = "/_phone/read";
export const REACT_PATH = "/_phone/react";
export const REVOKE_PATH = "/_phone/revoke";

/** @param more further query parameters */
export function chatUrl(
  { to, customer }: Pick<Chat, "to" | "customer">,
  more: Record<string, string> = {},
): string {
  return `${CHAT_PATH}?${new URLSearchParams({ to, customer, ...more })}`;
}
