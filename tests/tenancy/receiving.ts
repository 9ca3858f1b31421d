import type { FiledMessage } from "#app/models/received/filed-messages.ts";
import { fillPlaceholders } from "#app/models/received/media-placeholders.server.ts";
import { carryOutChanges } from "#app/models/received/message-changes.server.ts";
import { carryOutEdits, findEdits } from "#app/models/received/message-edits.server.ts";
import { noteStatuses } from "#app/models/received/message-statuses.server.ts";
import { insertMessages } from "#app/models/received/message-writes.server.ts";
import type { ReceivedMessage } from "#app/models/received/received.ts";
import { each, type Scenario } from "./scenario.ts";
import { hoursAgo, KEYS, OWN_MESSAGE } from "./sides.ts";

const received = (wamid: string, fields: Partial<ReceivedMessage> = {}): ReceivedMessage => ({
  ...{ wamid, direction: "inbound", type: "text", body: "New", sentAt: hoursAgo(25) },
  ...{ person: null, groupId: null, imported: false, payload: null, referral: null },
  ...{ replyToWamid: null, targetWamid: null, forwarded: null, errorCode: null, errorTitle: null },
  ...{ mediaId: null, mediaMimeType: null, mediaCaption: null, mediaSha256: null },
  ...{ mediaFilename: null, mediaVoice: null, files: [] },
  ...fields,
});

export const receiving: Record<string, Scenario> = {
  insertMessages: (world) => {
    const filed = (wamid: string, conversationId: number): FiledMessage => ({
      ...{ conversationId, senderContactId: null, message: received(wamid) },
    });
    const [, own, foreign] = world.ids;
    const batches = [
      [filed("wamid.new", 1), filed("wamid.1", 2)],
      [filed("wamid.new", own), filed(`wamid.${foreign}`, 1)],
      [filed("wamid.new", foreign)],
    ];
    return each(world, batches, async (scope, batch) => [
      ...(await insertMessages(scope, 1, batch)),
    ]);
  },
  noteStatuses: (world) => {
    const { foreign } = { foreign: world.ids[2] };
    const status = (wamid: string, word: string, sentWithKey: string | null = null) => ({
      ...{ wamid, recipient: "", status: word, at: hoursAgo(26), sentWithKey },
      ...{ errorCode: null, errorTitle: null, errorDetails: null },
    });
    const batches = [
      [status("wamid.2", "read"), status("wamid.8", "delivered")],
      [status("wamid.new", "sent", KEYS.echoed), status(`wamid.only${foreign}`, "read")],
    ];
    return each(world, batches, (scope, batch) => noteStatuses(scope, 1, batch));
  },
  carryOutChanges: (world) =>
    each(
      world,
      [
        ["wamid.9", "wamid.10"],
        ["wamid.11", "wamid.12"],
        ["wamid.24"],
        ["wamid.26"],
        ["wamid.35"],
        ["wamid.39"],
        ["wamid.41"],
        ...world.ids.map((id) => [`wamid.${id}`]),
      ],
      (scope, wamids) => carryOutChanges(scope, 1, wamids),
    ),
  findEdits: (world) =>
    each(world, ["10", "24", "26", "39", "41", ...world.ids], (scope, id) =>
      findEdits(scope, 1, [`wamid.${id}`]),
    ),
  carryOutEdits: (world) => {
    const foreign = world.ids[2] + OWN_MESSAGE;
    const edits = [
      { id: 10, words: 9, file: null },
      { id: 10, words: foreign, file: null },
      { id: 39, words: 38, file: 38 },
      { id: 39, words: 38, file: foreign },
      { id: 41, words: 40, file: null },
      { id: foreign, words: 9, file: null },
    ];
    return each(world, edits, (scope, edit) => carryOutEdits(scope, [{ ...edit, done: [] }]));
  },
  fillPlaceholders: (world) => {
    const file = { type: "image" as const, mediaId: "media-new", mediaCaption: "Came later" };
    const [, own, foreign] = world.ids;
    const batches = [
      { account: 2, files: [received("wamid.17", file), received("wamid.18", file)] },
      { account: 1, files: [received(`wamid.${own}`, file), received(`wamid.${foreign}`, file)] },
    ];
    return each(world, batches, async (scope, { account, files }) => [
      ...(await fillPlaceholders(scope, account, files)),
    ]);
  },
};
