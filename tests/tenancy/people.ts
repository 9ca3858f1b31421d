import { administer } from "#app/models/audit/administration.server.ts";
import {
  acceptInvitation,
  findInvitation,
  insertPerson,
  invitePerson,
  renewLink,
  setLink,
} from "#app/models/people/invitations.server.ts";
import { addMemberships, setMemberships } from "#app/models/people/memberships.server.ts";
import {
  findPerson,
  findPersonByEmail,
  listPeople,
  personToChange,
} from "#app/models/people/people.server.ts";
import {
  changeRole,
  deactivatePerson,
  endSessions,
  reactivatePerson,
  renamePerson,
} from "#app/models/people/person-changes.server.ts";
import { each, type Scenario, type World } from "./scenario.ts";
import { emailOf, hoursAgo, NOW } from "./sides.ts";

const ACTOR = { actorUserId: 1, address: "192.0.2.7" };
const LINK = { tokenHash: "new link", expiresAt: hoursAgo(-50) };
const EMAILS = (["A", "B"] as const).map((side) => emailOf(side, 2));
const person = (email: string) => ({ name: "New", email, role: "agent" as const });

/** An agent, an invited one, a deactivated one and the second admin of one company; then who is not in both. */
const everybody = ({ ids: [, own, foreign] }: World) => [2, 3, 4, 5, own, foreign];

export const people: Record<string, Scenario> = {
  listPeople: ({ scope }) => listPeople(scope),
  findPerson: (world) => each(world, everybody(world), findPerson),
  findPersonByEmail: (world) => each(world, EMAILS, findPersonByEmail),
  personToChange: (world) => each(world, everybody(world), personToChange),
  invitePerson: (world) =>
    each(world, world.ids, (scope, account) =>
      invitePerson(scope, { ...person(`${account}@new.test`), accountIds: [account] }, LINK, ACTOR),
    ),
  renewLink: (world) =>
    each(world, everybody(world), (scope, id) => renewLink(scope, id, LINK, ACTOR)),
  findInvitation: (world) =>
    each(world, everybody(world), (scope, id) => findInvitation(scope, `link-${id}`, NOW)),
  acceptInvitation: (world) =>
    each(world, everybody(world), (scope, id) => {
      const accepted = { tokenHash: `link-${id}`, passwordHash: "chosen", now: NOW };
      return acceptInvitation(scope, accepted, "192.0.2.7");
    }),
  insertPerson: ({ scope }) => insertPerson(scope, person("new@new.test")),
  setLink: (world) => each(world, everybody(world), (scope, id) => setLink(scope, id, LINK)),
  setMemberships: (world) =>
    each(world, [2, ...world.ids], (scope, id) => setMemberships(scope, id, () => [3], ACTOR)),
  addMemberships: (world) =>
    each(world, world.ids, (scope, account) =>
      administer(scope, ACTOR, (inside, record) => addMemberships(inside, 4, [account], record)),
    ),
  renamePerson: (world) =>
    each(world, everybody(world), (scope, id) => renamePerson(scope, id, "Renamed", ACTOR)),
  changeRole: (world) =>
    each(world, [1, ...everybody(world)], (scope, id) => changeRole(scope, id, "admin", ACTOR)),
  deactivatePerson: (world) =>
    each(world, [...everybody(world), 1], (scope, id) =>
      deactivatePerson(scope, id, { ...ACTOR, actorUserId: 2 }),
    ),
  reactivatePerson: (world) =>
    each(world, everybody(world), (scope, id) => reactivatePerson(scope, id, ACTOR)),
  endSessions: (world) => each(world, everybody(world), endSessions),
};
