import { findMedia, findMediaForSession } from "#app/models/media/media.server.ts";
import { recordMediaViews } from "#app/models/media/media-views.server.ts";
import {
  endOtherSessions,
  endOwnSession,
  listOwnSessions,
} from "#app/models/sessions/own-sessions.server.ts";
import { changePassword, findPasswordHash } from "#app/models/sessions/passwords.server.ts";
import { findSessionReaches } from "#app/models/sessions/session-reach.server.ts";
import {
  createSession,
  deleteSession,
  findSessionUser,
  touchSession,
} from "#app/models/sessions/sessions.server.ts";
import { each, type Scenario, type World } from "./scenario.ts";
import { hoursAgo, NOW, OWN_MESSAGE } from "./sides.ts";

const ADDRESS = "192.0.2.7";
const tokens = ({ ids: [, own, foreign] }: World) =>
  [1, 2, 3, 5, own, foreign].map((id) => `session-${id}`);
/** Who has the session, and who hasn't. */
const owners = ({ ids: [, own, foreign] }: World) => [
  ...[1, 2, 5, own, foreign].map((id) => ({ userId: id, tokenHash: `session-${id}` })),
  { userId: 2, tokenHash: "session-1" },
];
const files = ({ ids: [, own, foreign] }: World) => [
  ...[3, 13, 18, 19, own, foreign].map((id) => `media-${id}`),
  ...[33, own, foreign].map((id) => `file-${id}`),
];

export const sessions: Record<string, Scenario> = {
  createSession: ({ scope }) =>
    createSession(scope, { tokenHash: "new session", userId: 2, expiresAt: hoursAgo(-50) }),
  findSessionUser: (world) =>
    each(world, tokens(world), (scope, token) => findSessionUser(scope, token, NOW)),
  touchSession: (world) =>
    each(world, tokens(world), (scope, token) => touchSession(scope, token, NOW)),
  deleteSession: (world) =>
    each(world, tokens(world), (scope, token) => deleteSession(scope, token, ADDRESS)),
  findSessionReaches: (world) => findSessionReaches(world.scope, tokens(world), NOW),
  listOwnSessions: (world) =>
    each(world, owners(world), (scope, owner) => listOwnSessions(scope, owner, NOW)),
  endOwnSession: (world) =>
    each(world, [2, 3, ...world.ids], (scope, id) => endOwnSession(scope, 2, id, ADDRESS)),
  endOtherSessions: (world) =>
    each(world, owners(world), (scope, owner) => endOtherSessions(scope, owner, ADDRESS)),
  findPasswordHash: (world) => each(world, world.ids, findPasswordHash),
  changePassword: (world) =>
    each(world, owners(world), (scope, owner) =>
      changePassword(scope, owner, { passwordHash: "chosen", newTokenHash: `new-${owner.userId}` }),
    ),
  findMedia: (world) =>
    each(world, files(world), async (scope, file) => [
      await findMedia(scope, { id: 2, role: "agent" }, file),
      await findMedia(scope, { id: 1, role: "admin" }, file),
    ]),
  findMediaForSession: (world) => {
    const [first, ...others] = tokens(world);
    const asked = [
      ...files(world).map((file) => ({ token: "session-2", file })),
      ...others.map((token) => ({ token, file: "media-18" })),
      { token: first, file: "media-3" },
    ];
    return each(world, asked, (scope, { token, file }) =>
      findMediaForSession(scope, token ?? "", file, NOW),
    );
  },
  recordMediaViews: (world) => {
    const [, own, foreign] = world.ids;
    const view = { status: 200, requests: 1, bytes: 10, outcome: "complete", fileSize: 10 };
    const seen = (
      userId: number,
      messageId: number,
      mediaId: string,
      how: "likely" | "not-shown" = "likely",
    ) => [{ ...view, userId, messageId, mediaId, tap: 7, seen: how }];
    const views = [
      seen(2, 3, "media-3"),
      seen(2, 3, "media-3", "not-shown"),
      seen(2, 3, `media-${foreign}`),
      seen(2, foreign + OWN_MESSAGE, `media-${foreign}`),
      seen(foreign, 3, "media-3"),
      seen(own, own + OWN_MESSAGE, `media-${own}`),
      seen(2, 33, "file-33"),
      seen(2, 33, "file-33", "not-shown"),
    ];
    return each(world, views, recordMediaViews);
  },
};
