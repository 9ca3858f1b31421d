import type { MessageResponse } from "#app/models/messages/message-response.ts";

/** @returns what happened in the chat, where a message tells of that and not what anybody wrote */
export function eventWords(message: MessageResponse, contactName: string): string | null {
  switch (message.details?.kind) {
    case "system":
      return message.details.text ?? message.body ?? "Something about this customer changed.";
    case "welcome":
      return `${contactName} opened the chat.`;
    default:
      return null;
  }
}

export function EventLine({ words, time }: { words: string; time: React.ReactNode }) {
  return (
    <p className="note">
      <bdi>{words}</bdi> {time}
    </p>
  );
}
