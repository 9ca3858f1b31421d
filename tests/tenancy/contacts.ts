import { addNewContacts } from "#app/models/contacts/add-contacts.server.ts";
import type { ContactPlan } from "#app/models/contacts/contact-plans.ts";
import {
  addContact,
  addContacts,
  addConversations,
  addIdentities,
  takePhones,
  updateContact,
} from "#app/models/contacts/contact-writes.server.ts";
import { findIdentities, recognise } from "#app/models/contacts/find-known.server.ts";
import type { Identity } from "#app/models/contacts/identities.ts";
import { followIdentityChange } from "#app/models/contacts/identity-changes.server.ts";
import { lockIdentities } from "#app/models/contacts/identity-lock.server.ts";
import { mergeContacts } from "#app/models/contacts/merge-contacts.server.ts";
import { openContacts, openNewContacts } from "#app/models/contacts/open-contacts.server.ts";
import type { Party } from "#app/models/contacts/parties.ts";
import { each, type Scenario, type World } from "./scenario.ts";
import { hoursAgo, phoneNumberIdOf } from "./sides.ts";

const phone = (value: string): Identity => ({ kind: "phone", value });
const user = (value: string): Identity => ({ kind: "user", value });
const phones = ({ ids: [, own, foreign] }: World) =>
  ["01", "02", "04", own, foreign, "99"].map((end) => `15550100${end}`);
const identities = (world: World) => [
  ...phones(world).map(phone),
  user("user-1"),
  user("user-5A"),
  user("user-5B"),
];

const plan = (gained: Identity[], fields: Partial<ContactPlan> = {}): ContactPlan => ({
  ...{ kind: "person", contact: undefined, name: "New", username: "new" },
  ...{ profileAt: undefined, needsConversation: true, gained },
  ...fields,
});
const party = (of: Identity[], fields: Partial<Party> = {}): Party => ({
  ...{ kind: "person", identities: of, name: "Newer", username: null },
  ...{ inConversation: true, sentAt: hoursAgo(25) },
  ...fields,
});
const known = (id: number) => ({
  ...{ id, name: null, username: null, conversationId: null, lastMessageAt: null },
});

export const contacts: Record<string, Scenario> = {
  recognise: (world) =>
    each(world, [phoneNumberIdOf("A", 1), phoneNumberIdOf("B", 1)], async (scope, number) => {
      const found = await recognise(scope, number, identities(world));
      return found && { ...found, known: [...found.known] };
    }),
  findIdentities: (world) =>
    each(world, [1, 2, 3, ...world.ids], async (scope, account) => [
      ...(await findIdentities(scope, account, identities(world))),
    ]),
  lockIdentities: (world) => lockIdentities(world.scope, identities(world)),
  addNewContacts: async ({ scope }) => [
    ...(await addNewContacts(scope, 1, [plan([phone("155501000777"), user("user-777")])])),
  ],
  openNewContacts: async (world) => {
    const { scope } = world;
    const found = await findIdentities(scope, 1, identities(world));
    const opened = await openNewContacts(scope, 1, [party([phone("15550100777")])], found);
    return opened && [...opened];
  },
  openContacts: (world) => {
    const [, own, foreign] = world.ids;
    const batches = [
      // Two contacts turn out to be one person; a number passes to somebody else.
      [party([user(`user-5${world.side}`), phone("1555010002")])],
      [party([user("user-777"), phone("1555010001")])],
      [party([phone("1555010004")]), party([phone(`15550100${own}`)])],
      [party([phone(`15550100${foreign}`)])],
    ];
    return each(world, batches, async (scope, parties) => [
      ...(await openContacts(scope, 1, parties)),
    ]);
  },
  takePhones: (world) =>
    each(world, phones(world), (scope, value) => takePhones(scope, [phone(value)])),
  addContacts: (world) =>
    each(world, phones(world), (scope, value) => addContacts(scope, [plan([phone(value)])])),
  addContact: ({ scope }) => addContact(scope),
  addIdentities: (world) =>
    each(world, identities(world), (scope, identity) =>
      addIdentities(scope, [{ ...identity, contactId: 2 }]),
    ),
  updateContact: (world) =>
    each(world, world.ids, (scope, id) =>
      updateContact(scope, plan([phone("15550100778")], { contact: known(id) })),
    ),
  addConversations: (world) =>
    each(world, [...world.ids, 4], (scope, id) => addConversations(scope, 3, [id])),
  mergeContacts: (world) => {
    const [, own, foreign] = world.ids;
    const pairs: [number, number][] = [
      [2, 1],
      [5, 4],
      [2, own],
      [2, foreign],
    ];
    return each(world, pairs, (scope, [keep, drop]) => mergeContacts(scope, keep, drop));
  },
  followIdentityChange: (world) => {
    const [, own, foreign] = world.ids;
    const change = (from: string, to: string) => ({
      previous: { waId: from, userId: null },
      current: { waId: to, userId: null },
      at: hoursAgo(26),
    });
    const changes = [
      change("1555010001", "15550100777"),
      change("1555010002", "1555010004"),
      change("1555010001", "1555010002"),
      change(`15550100${own}`, "1555010001"),
      change(`15550100${foreign}`, "15550100777"),
    ];
    return each(world, changes, (scope, one) => followIdentityChange(scope, 1, one));
  },
};
