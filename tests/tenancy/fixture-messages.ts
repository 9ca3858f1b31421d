import { localWamid } from "#app/models/outgoing/local-wamid.ts";
import { hoursAgo, KEYS, ONLY, OWN_MESSAGE, type Side } from "./sides.ts";

export function messagesOf(side: Side) {
  const only = ONLY[side];
  const place = (conversationId: number) => ({
    conversationId,
    accountId: { 4: 2, 5: 3, 7: 2 }[conversationId] ?? 1,
  });
  const message = (id: number, conversationId: number, fields: Record<string, unknown> = {}) => ({
    ...{ id, ...place(conversationId), wamid: `wamid.${id}`, direction: "inbound", type: "text" },
    ...{
      body: `Words ${id} of ${side}`,
      sentAt: hoursAgo(100 - id),
      createdAt: hoursAgo(100 - id),
    },
    ...fields,
  });
  const file = (id: number, conversationId: number, fields: Record<string, unknown> = {}) =>
    message(id, conversationId, {
      ...{
        type: "image",
        body: null,
        mediaId: `media-${id}`,
        mediaCaption: `Caption ${id} of ${side}`,
      },
      ...fields,
    });
  const ours = { direction: "outbound", sentByUserId: 2 };
  return [
    message(1, 1, { unread: true }),
    message(2, 1, { ...ours, replyToWamid: "wamid.1" }),
    // Expires within a day.
    file(3, 1, { createdAt: hoursAgo(150) }),
    message(4, 1, { type: "reaction", body: side, targetWamid: "wamid.1", hidden: true }),
    message(5, 1, { ...ours, wamid: localWamid(KEYS.failed) }),
    message(6, 1, { ...ours, wamid: localWamid(KEYS.overdue) }),
    message(7, 1, { ...ours, wamid: localWamid(KEYS.echoed) }),
    message(8, 1, { direction: "outbound" }),
    // What changes a message came with it, and waits to be carried out.
    message(9, 2, { targetWamid: "wamid.10" }),
    message(10, 2, { unread: side === "B" }),
    message(11, 2, { type: "revoke", body: null, targetWamid: "wamid.12", hidden: true }),
    message(12, 2, { unread: true }),
    file(13, 2, { type: side === "A" ? "image" : "video", mediaViewedAt: hoursAgo(40) }),
    message(14, 3, { senderContactId: 4, replyToWamid: "wamid.15" }),
    message(15, 3, { senderContactId: 1 }),
    message(16, 3, {
      type: "reaction",
      body: side,
      senderContactId: 4,
      targetWamid: "wamid.15",
      hidden: true,
    }),
    message(17, 4, { type: "media_placeholder", body: null }),
    file(18, 4, { createdAt: hoursAgo(150) }),
    file(19, 5, { createdAt: hoursAgo(150) }),
    message(20, 1, { hidden: side === "A", unread: side === "B" }),
    // The other company's message with this id has another file.
    file(21, 5, { mediaId: side === "A" ? "media-21" : "media-3" }),
    message(22, 4, { ...ours }),
    // The same message is edited by one's customer and taken back by the other's.
    message(23, 2, { type: side === "A" ? "text" : "revoke", targetWamid: "wamid.24" }),
    message(24, 2),
    // What it edits only one of them has.
    message(25, 2, { targetWamid: "wamid.26" }),
    message(26, 2, { wamid: side === "A" ? "wamid.other" : "wamid.26" }),
    // Who wrote early in one wrote late in the other.
    message(28, 7, { sentAt: hoursAgo(side === "A" ? 27 : 72) }),
    message(29, 5, { ...ours, wamid: localWamid(KEYS.toUser) }),
    message(30, 3, { ...ours, wamid: localWamid(KEYS.toGroup) }),
    message(31, 7, { ...ours, wamid: localWamid(KEYS.accepted), sentAt: hoursAgo(28) }),
    message(32, 3, { senderContactId: 4 }),
    // A form with a file, which expires within a day.
    message(33, 3, { ...form("file-33"), createdAt: hoursAgo(side === "A" ? 150 : 149) }),
    message(34, 3, form("file-34")),
    // What one has taken back the other hasn't; what asks for it changes nothing.
    message(35, 3, { ...form("file-35"), revokedAt: side === "A" ? null : hoursAgo(30) }),
    message(36, 3, { type: "unsupported", targetWamid: "wamid.35" }),
    message(37, 3, { targetWamid: "wamid.26" }),
    // Edits into another file, and into a form.
    file(38, 3, { targetWamid: "wamid.39", mediaFilename: `Better of ${side}` }),
    file(39, 3, { mediaFilename: `First of ${side}` }),
    message(40, 3, { ...form("file-40"), targetWamid: "wamid.41" }),
    message(41, 3),
    message(only + OWN_MESSAGE + 200, only, {
      type: "revoke",
      targetWamid: `wamid.${only}`,
      hidden: true,
    }),
    message(only + OWN_MESSAGE, only, { wamid: `wamid.${only}` }),
    file(only + OWN_MESSAGE + 100, only, { mediaId: `media-${only}`, createdAt: hoursAgo(160) }),
  ];
}

function form(mediaId: string) {
  const answers = { photo: { id: mediaId, mime_type: "image/jpeg" } };
  const response_json = JSON.stringify(answers);
  return { type: "interactive", payload: { type: "nfm_reply", nfm_reply: { response_json } } };
}

/** Files of forms. Where only one company has any, its message of that id can't be edited any more. */
export function filesOf(side: Side) {
  const only = ONLY[side];
  const file = (messageId: number, fields: Record<string, unknown> = {}) => ({
    ...{ messageId, position: 1, accountId: 1, mediaId: `file-${messageId}`, kind: "image" },
    ...{ filename: `File ${messageId} of ${side}`, createdAt: hoursAgo(100) },
    ...fields,
  });
  const own = side === "A" ? [file(25)] : [file(9), file(24)];
  return [
    ...own,
    file(12),
    file(33, { createdAt: hoursAgo(side === "A" ? 150 : 149) }),
    // The other company's form of this id has another file.
    file(34, side === "A" ? {} : { mediaId: "file-33" }),
    file(35),
    file(40),
    file(only + OWN_MESSAGE, { mediaId: `file-${only}` }),
  ];
}

export function statusesOf(side: Side) {
  const status = (wamid: string, word: string, rank: number, fields = {}) => ({
    ...{ accountId: 1, wamid, status: word, rank, at: hoursAgo(50), createdAt: hoursAgo(50) },
    ...{ errorTitle: `Told to ${side}`, ...fields },
  });
  return [
    status("wamid.2", side === "A" ? "delivered" : "read", 3),
    status("wamid.8", "sent", 1),
    status(localWamid(KEYS.failed), "failed", 0),
    status(localWamid(KEYS.overdue), "sending", 0),
    status(localWamid(KEYS.echoed), "sending", 0),
    status("wamid.22", side === "A" ? "sent" : "read", side === "A" ? 1 : 4, { accountId: 2 }),
    status(localWamid(KEYS.accepted), side === "A" ? "accepted" : "sending", 0, { accountId: 2 }),
    status(`wamid.only${ONLY[side]}`, "sent", 1),
  ];
}
