import type { Person, ReceivedGroup, ReceivedMessage } from "../received/received.ts";
import { type Identity, identitiesOf } from "./identities.ts";

/** Somebody whom a message names: the other side of its conversation, or who wrote it in a group. */
export interface Party {
  kind: "person" | "group";
  /** At least one. */
  identities: Identity[];
  name: string | null;
  username: string | null;
  /** Whether the message lies in a conversation with them. */
  inConversation: boolean;
  sentAt: Date;
}

interface Parties {
  /** Undefined for history's files that name nobody. */
  conversation: Party | undefined;
  sender: Party | undefined;
}

/** Whom a message is with, and who in a group wrote it: never the other way round. */
export function partiesOf({ person, groupId, direction, sentAt }: ReceivedMessage): Parties {
  if (!groupId) {
    return {
      conversation: person ? personParty(person, sentAt, true) : undefined,
      sender: undefined,
    };
  }
  return {
    conversation: { ...groupParty(groupId, null, sentAt), inConversation: true },
    sender: person && direction === "inbound" ? personParty(person, sentAt, false) : undefined,
  };
}

/** A group as it is called. It gets its conversation with its first message. */
export function partyOfGroup({ groupId, subject, at }: ReceivedGroup): Party {
  return groupParty(groupId, subject, at);
}

function groupParty(groupId: string, name: string | null, sentAt: Date): Party {
  const identities = [{ kind: "group" as const, value: groupId }];
  return { kind: "group", identities, name, username: null, inConversation: false, sentAt };
}

function personParty(person: Person, sentAt: Date, inConversation: boolean): Party {
  const { name, username } = person;
  return {
    kind: "person",
    identities: identitiesOf(person),
    name,
    username,
    inConversation,
    sentAt,
  };
}

/** All that a batch's messages name. */
export function allParties(messages: readonly ReceivedMessage[]): Party[] {
  return messages.flatMap((message) => {
    const { conversation, sender } = partiesOf(message);
    return [...(conversation ? [conversation] : []), ...(sender ? [sender] : [])];
  });
}
