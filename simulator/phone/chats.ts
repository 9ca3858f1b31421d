const MAX_CHATS = 500;
const MAX_MESSAGES = 500;

export type DeliveryStatus = "accepted" | "sent" | "delivered" | "read" | "failed";

/** A message as the customer's phone shows it. */
export interface ChatMessage {
  wamid: string;
  author: "customer" | "business";
  /** Seconds since 1970. */
  at: number;
  type: string;
  /** What stands under the key named like the type. */
  content: unknown;
  /** The message that it answers. */
  repliesTo: string | null;
  /** Of a business's message; of a customer's one it is "read" once the business said so. */
  status: DeliveryStatus;
  /** biz_opaque_callback_data, which the message's statuses carry back. */
  callbackData: string | null;
  /** The customer's, on a message of the business. */
  reaction: string | null;
  isRevoked: boolean;
}

/** One customer, or one group, with one of the business's numbers. */
export interface Chat {
  /** The business number's phone_number_id. */
  to: string;
  /** The number as digits, else the business-scoped user id, else the group's id. */
  customer: string;
  kind: "phone" | "user" | "group";
  userId: string | null;
  name: string;
  /** Seconds since 1970; what opens the customer service window of 24 hours. */
  lastInboundAt: number | null;
  /** Oldest first; of very many the newest 500. */
  messages: ChatMessage[];
}

export type Party = Pick<Chat, "to" | "customer" | "kind"> & Partial<Pick<Chat, "userId" | "name">>;

/** What the customers' phones show: of very many chats the 500 that were used last. */
export class Chats {
  readonly #chats = new Map<string, Chat>();

  /** The chat with this party, which from now on is the newest one. */
  open(party: Party): Chat {
    const known = this.#named(party.to, party.customer);
    const chat = known ?? {
      ...party,
      userId: party.userId ?? null,
      name: party.name ?? party.customer,
      lastInboundAt: null,
      messages: [],
    };
    if (party.name) chat.name = party.name;
    if (party.userId) chat.userId = party.userId;
    const key = keyOf(chat);
    this.#chats.delete(key);
    this.#chats.set(key, chat);
    const [oldest] = this.#chats.keys();
    if (oldest && this.#chats.size > MAX_CHATS) this.#chats.delete(oldest);
    return chat;
  }

  /** @param customer a number, a user id or a group's id */
  find(to: string, customer: string): Chat | undefined {
    return this.#named(to, customer);
  }

  /** A message of one of this number's chats. */
  message(to: string, wamid: string): { chat: Chat; message: ChatMessage } | undefined {
    for (const chat of this.#chats.values()) {
      const message = chat.to === to && chat.messages.find((one) => one.wamid === wamid);
      if (message) return { chat, message };
    }
    return undefined;
  }

  /** Newest first. */
  list(): Chat[] {
    return [...this.#chats.values()].reverse();
  }

  #named(to: string, customer: string): Chat | undefined {
    const direct = this.#chats.get(keyOf({ to, customer }));
    return direct ?? [...this.#chats.values()].find((c) => c.to === to && c.userId === customer);
  }
}

/** Adds a message to its chat; a second one with the same wamid changes nothing. */
export function addMessage(
  chat: Chat,
  given: Pick<ChatMessage, "wamid" | "author" | "at" | "type" | "content"> & Partial<ChatMessage>,
): ChatMessage {
  const known = chat.messages.find(({ wamid }) => wamid === given.wamid);
  if (known) return known;
  const message: ChatMessage = {
    repliesTo: null,
    status: given.author === "business" ? "accepted" : "delivered",
    callbackData: null,
    reaction: null,
    isRevoked: false,
    ...given,
  };
  chat.messages.push(message);
  if (chat.messages.length > MAX_MESSAGES) chat.messages.shift();
  return message;
}

function keyOf({ to, customer }: Pick<Chat, "to" | "customer">) {
  return `${to} ${customer}`;
}
