import { auditEvents } from "#db/schema.ts";
import type { CompanyScope } from "../scope.server.ts";

/** What is written down besides the viewing of files, each with the words that tell it. */
export const AUDIT_EVENT_KINDS = {
  "company.created": "Set up the company",
  "session.started": "Signed in",
  "session.refused": "Could not sign in",
  "session.throttled": "Tried to sign in too often",
  "session.ended": "Signed out",
  "session.revoked": "Ended a session",
  "password.changed": "Changed the password",
  "user.invited": "Invited",
  "user.invitation_renewed": "Made a new link",
  "user.invitation_accepted": "Accepted the invitation",
  "user.renamed": "Changed the name",
  "user.role_changed": "Changed the role",
  "user.deactivated": "Deactivated",
  "user.reactivated": "Reactivated",
  "account.added": "Added the number",
  "account.changed": "Changed the number",
  "membership.added": "Gave access to the number",
  "membership.removed": "Took away access to the number",
  "audit.exported": "Downloaded the audit log",
} as const;

export type AuditEventKind = keyof typeof AUDIT_EVENT_KINDS;

export interface AuditEvent {
  kind: AuditEventKind;
  /** Who did it; left out for the server's shell, and for somebody who is not signed in. */
  actorUserId?: number | undefined;
  /** Whom it was done to. */
  subjectUserId?: number | undefined;
  /** Which of our numbers it was done to. */
  subjectAccountId?: number | undefined;
  /** What else there is to say: "from" and "to", say. Never a secret, never words of a message. */
  details?: Record<string, string | number | boolean | null> | undefined;
  /** The client's IP address; left out for the server's shell. */
  address?: string | undefined;
}

/** Writes it down. Call it in the transaction of what it tells, so that neither is without the other. */
export async function recordAuditEvent(
  { db, companyId }: CompanyScope,
  event: AuditEvent,
): Promise<void> {
  await db.insert(auditEvents).values({ companyId, ...event });
}
