import { findReplyTarget } from "#app/models/messages/reply-target.server.ts";
import {
  addOutgoing,
  type NewOutgoing,
  settleUnsent,
} from "#app/models/outgoing/outgoing.server.ts";
import { findAttempt } from "#app/models/outgoing/outgoing-attempt.server.ts";
import { settleSent } from "#app/models/outgoing/sent-messages.server.ts";
import { discard, takeAgain } from "#app/models/outgoing/unsent-messages.server.ts";
import { each, type Scenario, type World } from "./scenario.ts";
import { KEYS, NOW, OWN_MESSAGE } from "./sides.ts";

const NEW_KEY = "00000000-0000-4000-8000-000000000009";
const UNSENT = [5, 6].map((messageId) => ({ conversationId: 1, messageId }));
const conversations = ({ ids: [, own, foreign] }: World) => [1, 2, own, foreign];

export const sending: Record<string, Scenario> = {
  addOutgoing: (world) => {
    const message = (conversationId: number, key: string): NewOutgoing => ({
      ...{ conversationId, key, sentByUserId: 2, type: "text", body: "Hello" },
      ...{ replyToWamid: null, file: null },
    });
    const messages = conversations(world).flatMap((id) => [
      message(id, NEW_KEY),
      message(id, KEYS.failed),
    ]);
    return each(world, messages, (scope, one) => addOutgoing(scope, one, NOW));
  },
  settleUnsent: (world) =>
    each(world, Object.values(KEYS), (scope, key) => settleUnsent(scope, 1, key, undefined)),
  findAttempt: (world) => {
    const [, own, foreign] = world.ids;
    return each(
      world,
      [2, 5, 6, 29, 30, 31, own + OWN_MESSAGE, foreign + OWN_MESSAGE],
      findAttempt,
    );
  },
  findReplyTarget: (world) => {
    const [, own, foreign] = world.ids;
    const targets = [
      ...[1, 2, 5, 20].map((messageId) => ({ conversationId: 1, messageId })),
      ...[14, 15].map((messageId) => ({ conversationId: 3, messageId })),
      ...[own, foreign].map((id) => ({ conversationId: id, messageId: id + OWN_MESSAGE })),
    ];
    return each(world, targets, findReplyTarget);
  },
  settleSent: (world) =>
    each(
      world,
      [
        { account: 1, key: KEYS.echoed, wamid: "wamid.8" },
        { account: 1, key: KEYS.overdue, wamid: "wamid.new" },
        { account: 2, key: KEYS.accepted, wamid: "wamid.late" },
      ],
      (scope, { account, ...sent }) => settleSent(scope, account, [sent]),
    ),
  takeAgain: (world) => each(world, UNSENT, (scope, place) => takeAgain(scope, place, NOW)),
  discard: (world) => each(world, UNSENT, (scope, place) => discard(scope, place, NOW)),
};
