import type { PgTable } from "drizzle-orm/pg-core";
import type { Db } from "#db/handles.server.ts";
import * as schema from "#db/schema.ts";
import { filesOf, messagesOf, statusesOf } from "./fixture-messages.ts";
import {
  COMPANY,
  emailOf,
  hoursAgo,
  ONLY,
  OWN_MESSAGE,
  phoneNumberIdOf,
  type Side,
} from "./sides.ts";

/**
 * Loads one of two companies that are alike: all keys but its own are the same in both, so a
 * statement that forgot the company meets the other's rows whatever it looks by. What is only said,
 * such as names, has the company's letter in it.
 */
export async function loadFixtures(db: Db, side: Side): Promise<void> {
  for (const [table, rows] of tablesOf(side)) {
    const own = rows.map((row) =>
      table === schema.companies ? row : { companyId: COMPANY[side], ...row },
    );
    // The builder knows each table's columns, a list of tables has none in common.
    await db
      .insert(table)
      .overridingSystemValue()
      .values(own as never);
  }
}

type Rows = Record<string, unknown>[];

function tablesOf(side: Side): [PgTable, Rows][] {
  const only = ONLY[side];
  const createdAt = hoursAgo(400);
  const later = side === "A" ? 0 : 0.5;
  const soon = hoursAgo(side === "A" ? -100 : -101);
  const user = (id: number, fields = {}) => ({
    ...{
      id,
      name: `Person ${id} of ${side}`,
      email: emailOf(side, id),
      passwordHash: `hash ${id} ${side}`,
    },
    ...{ createdAt, ...fields },
  });
  const session = (id: number, userId: number, fields = {}) => ({
    ...{
      id,
      userId,
      tokenHash: `session-${id}`,
      userAgent: `Browser ${side}`,
      address: "192.0.2.1",
    },
    ...{ createdAt, lastUsedAt: hoursAgo(30 + id), expiresAt: soon, ...fields },
  });
  const invitation = (userId: number) => ({
    userId,
    tokenHash: `link-${userId}`,
    createdAt,
    expiresAt: soon,
  });
  const account = (id: number, fields = {}) => ({
    ...{ id, phoneNumberId: phoneNumberIdOf(side, id), displayPhoneNumber: `+1 555 010 00${id}` },
    ...{ name: `Number ${id} of ${side}`, createdAt, ...fields },
  });
  const contact = (id: number, fields = {}) => ({
    ...{
      id,
      waId: `15550100${String(id).padStart(2, "0")}`,
      name: `Customer ${id} of ${side}`,
      createdAt,
      ...fields,
    },
  });
  const conversation = (id: number, accountId: number, contactId: number, fields = {}) => ({
    ...{
      id,
      accountId,
      contactId,
      lastMessageAt: hoursAgo(30 + id + later),
      lastInboundAt: hoursAgo(60 + id),
    },
    ...{ unreadCount: 1, createdAt, ...fields },
  });
  const view = (id: number, userId: number, messageId: number, mediaId = `media-${messageId}`) => ({
    ...{ id, userId, messageId, mediaId, viewedAt: hoursAgo(30 + id) },
    ...{ status: 200, bytes: 1000, outcome: "complete" },
  });
  const event = (id: number, fields = {}) => ({
    ...{ id, at: hoursAgo(40 + id), kind: "user.renamed", actorUserId: 1, subjectUserId: 2 },
    ...{ details: { to: `Somebody of ${side}` }, ...fields },
  });
  return [
    [schema.companies, [{ id: COMPANY[side], name: `Company ${side}`, createdAt }]],
    [
      schema.users,
      [
        user(1, { role: "admin" }),
        user(2),
        user(3, { passwordHash: null }),
        user(4, { deactivatedAt: hoursAgo(100) }),
        // The company decides what they may.
        user(5, { role: side === "A" ? "admin" : "agent" }),
        user(only),
      ],
    ],
    [
      schema.sessions,
      [session(1, 1), session(2, 2), session(3, 2), session(5, 5), session(only, only)],
    ],
    [schema.invitations, [invitation(2), invitation(3), invitation(4), invitation(only)]],
    [
      schema.whatsappAccounts,
      [
        account(1),
        account(2, { tokenRefusedAt: hoursAgo(50), tokenRefusedReason: `HTTP 401 of ${side}` }),
        account(3, { mediaRetentionHours: side === "A" ? 168 : 180 }),
        account(only),
      ],
    ],
    [
      schema.accountMembers,
      [
        { accountId: 1, userId: 2 },
        // Of two numbers with the same id they may see one.
        { accountId: side === "A" ? 2 : 3, userId: 2 },
        { accountId: 1, userId: only },
      ],
    ],
    [
      schema.contacts,
      [
        contact(1, { username: `user1${side}` }),
        contact(2),
        contact(3, { kind: "group", waId: null }),
        contact(4, side === "A" ? {} : { waId: null }),
        contact(5, { waId: null }),
        contact(only),
      ],
    ],
    [
      schema.contactIdentities,
      [
        { kind: "phone", value: "1555010001", contactId: 1 },
        { kind: "user", value: "user-1", contactId: 1 },
        { kind: "phone", value: "1555010002", contactId: 2 },
        { kind: "group", value: `group-3${side}`, contactId: 3 },
        { kind: "phone", value: "1555010004", contactId: 4 },
        { kind: "user", value: `user-5${side}`, contactId: 5 },
        { kind: "user", value: `user-2${side}`, contactId: side === "A" ? 5 : 2 },
        { kind: "phone", value: `15550100${only}`, contactId: only },
      ],
    ],
    [
      schema.conversations,
      [
        conversation(1, 1, 1),
        conversation(2, 1, 2, { unreadCount: side === "A" ? 0 : 2 }),
        conversation(3, 1, 3),
        conversation(4, 2, 1),
        conversation(5, 3, 5),
        conversation(7, 2, 4),
        conversation(only, 1, only),
      ],
    ],
    [schema.messages, messagesOf(side)],
    [schema.messageFiles, filesOf(side)],
    [schema.messageStatuses, statusesOf(side)],
    [
      schema.mediaViews,
      [
        ...[view(1, 2, 13), view(2, 1, 13), view(3, 2, 33, "file-33")],
        view(only, only, only + OWN_MESSAGE),
        // What the other company's people saw of files that bear the same ids, now and before.
        { ...view(4, 2, 3), seen: side === "A" ? null : "likely" },
        { ...view(5, 2, 21, "media-3"), seen: "likely" },
        { ...view(6, 2, 34, "file-33"), seen: "likely" },
      ],
    ],
    [
      schema.auditEvents,
      [event(1), event(2, { subjectAccountId: 2 }), event(only, { subjectUserId: only })],
    ],
  ];
}
