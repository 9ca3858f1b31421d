import { administer } from "#app/models/audit/administration.server.ts";
import { recordAuditEvent } from "#app/models/audit/audit-events.server.ts";
import { allAuditEntries, listAuditLog, VIEW_KIND } from "#app/models/audit/audit-log.server.ts";
import { listAuditPeople } from "#app/models/audit/audit-people.server.ts";
import { clearRefusedToken, flagRefusedToken } from "#app/models/numbers/account-health.server.ts";
import {
  changeAccount,
  createAccount,
  findAccount,
  listAccounts,
} from "#app/models/numbers/accounts.server.ts";
import { each, type Scenario } from "./scenario.ts";
import { hoursAgo, phoneNumberIdOf } from "./sides.ts";

const ACTOR = { actorUserId: 1, address: "192.0.2.7" };
const NUMBERS = (["A", "B"] as const).flatMap((side) =>
  [1, 2].map((id) => phoneNumberIdOf(side, id)),
);
const FILTERS = [
  {},
  { personId: 2 },
  { kinds: [VIEW_KIND], from: hoursAgo(1000) },
  { kinds: ["user.renamed"], until: hoursAgo(1) },
];

export const accounts: Record<string, Scenario> = {
  flagRefusedToken: (world) =>
    each(world, NUMBERS, (scope, number) => flagRefusedToken(scope, number, "HTTP 401")),
  clearRefusedToken: (world) =>
    each(world, NUMBERS, (scope, number) => clearRefusedToken(scope, number)),
  listAccounts: ({ scope }) => listAccounts(scope),
  findAccount: (world) => each(world, world.ids, findAccount),
  createAccount: ({ scope }) => createAccount(scope, { ...FIELDS, phoneNumberId: "new" }, ACTOR),
  changeAccount: (world) =>
    each(world, world.ids, (scope, id) => changeAccount(scope, id, FIELDS, ACTOR)),
  administer: ({ scope }) =>
    administer(scope, ACTOR, async (inside, record) => {
      await record({ kind: "audit.exported" });
      return listAuditPeople(inside);
    }),
  recordAuditEvent: ({ scope }) => recordAuditEvent(scope, { kind: "audit.exported", ...ACTOR }),
  listAuditPeople: ({ scope }) => listAuditPeople(scope),
  listAuditLog: (world) =>
    each(world, FILTERS, (scope, filter) => listAuditLog(scope, filter, { length: 50 })),
  allAuditEntries: async ({ scope }) => {
    const entries: unknown[] = [];
    for await (const entry of allAuditEntries(scope, {}, async () => true, 1)) entries.push(entry);
    return entries;
  },
};

const FIELDS = { name: "Renamed", displayPhoneNumber: "+1 555 010 9999", mediaRetentionHours: 24 };
