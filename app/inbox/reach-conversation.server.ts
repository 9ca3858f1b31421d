import type { Viewer } from "#app/auth/viewer.server.ts";
import { forbidden, notFound } from "#app/http/refused-pages.ts";
import {
  type ConversationHead,
  findConversation,
  NotMemberError,
} from "#app/models/inbox/conversations.server.ts";

/**
 * The conversation that an address names.
 *
 * @param id undefined where the address has none
 * @throws 404 when it is unknown or another company's, 403 when it is of a number whose member the
 *   viewer is not
 */
export async function reachConversation(
  viewer: Viewer,
  id: number | undefined,
): Promise<ConversationHead> {
  const conversation = id && (await findConversation(viewer.scope, viewer, id).catch(forbid));
  if (!conversation) throw notFound();
  return conversation;
}

function forbid(error: unknown): never {
  throw error instanceof NotMemberError ? forbidden() : error;
}
