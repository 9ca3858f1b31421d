import type { App } from "#tests/support/app/app.ts";
import { listMessages } from "./xss-lists.ts";

const ACME_SUPPORT = "106540352242922";
const OUR_NUMBER = "15550100001";
/** Six lines of each sender, and with the one of the group's own: a page of 50 messages. */
const SENDERS_OF_A_GROUP = 8;

type Fields = Record<string, unknown>;

/**
 * Sends each payload as everything that a customer's phone can put into a webhook (Meta: Webhooks,
 * "messages"). Each is one sender's name and all their words, in a conversation of their own and in
 * a group.. A group's name begins with "Group", and so does that of one more sender, who sends the messages
 * that are lists.
 */
export async function writePayloads(app: App, payloads: readonly string[]): Promise<void> {
  const senders = payloads.map(senderOf);
  for (let first = 0; first < senders.length; first += SENDERS_OF_A_GROUP) {
    const members = senders.slice(first, first + SENDERS_OF_A_GROUP);
    await post(app, groupChanges(members));
    await post(app, members.map(directChange));
  }
  const name = "Group-like lists";
  const lists = listMessages(payloads).map((message, index) =>
    inbound({ from: "15550119999", name }, { id: `wamid.list.${index}`, ...message }),
  );
  await post(app, lists);
}

interface Sender {
  from: string;
  name: string;
}

function senderOf(payload: string, index: number): Sender {
  return { from: `${15550112000 + index}`, name: payload };
}

function groupChanges(members: Sender[]): object[] {
  const group_id = `Y2FwaV9ncm91cDox ${members[0]?.from} ${members[0]?.name}`;
  const subject = { text: `Group ${members[0]?.name}`, update_successful: true };
  const groups = [
    { timestamp: now(), group_id, type: "group_settings_update", group_subject: subject },
  ];
  return [
    ...members.flatMap((sender) =>
      groupMessages(sender).map((message) => inbound(sender, { group_id, ...message })),
    ),
    ...members.flatMap((sender) => failedEcho(sender, group_id)),
    change("group_settings_update", { groups }),
  ];
}

/** What a sender posts in a group: each type whose words are short, with the payload in every field. */
function groupMessages({ from, name: payload }: Sender): Fields[] {
  const id = (type: string) => `wamid.${from}.${type}.${payload}`;
  const file = { id: `6226847934${from}`, sha256: payload, filename: payload, caption: payload };
  return [
    {
      id: id("text"),
      type: "text",
      text: { body: `canary ${payload}` },
      referral: referralOf(payload),
    },
    {
      id: id("document"),
      type: "document",
      document: { ...file, mime_type: payload, url: payload },
      context: { from, id: id("text") },
    },
    {
      id: id("location"),
      type: "location",
      location: { name: payload, address: payload, url: payload },
    },
    {
      id: id("interactive"),
      type: "interactive",
      interactive: {
        type: "list_reply",
        list_reply: { id: payload, title: payload, description: payload },
      },
    },
    {
      id: id("unsupported"),
      type: "unsupported",
      unsupported: { type: payload },
      errors: [errorOf(payload)],
    },
    { id: id("reaction"), type: "reaction", reaction: { message_id: id("text"), emoji: payload } },
  ];
}

/** Of ours, from the phone's own app: the words, and why they didn't arrive. */
function failedEcho({ from, name: payload }: Sender, group_id: string): object[] {
  const id = `wamid.${from}.echo`;
  const message = { id, from: OUR_NUMBER, to: from, timestamp: now(), type: "text" };
  const status = { id, status: "failed", timestamp: now(), recipient_id: from };
  return [
    change("smb_message_echoes", {
      message_echoes: [{ ...message, group_id, text: { body: `canary ${payload}` } }],
    }),
    change("messages", { statuses: [{ ...status, errors: [errorOf(payload)] }] }),
  ];
}

/** The last line of a list's row. */
function directChange(sender: Sender): object {
  return inbound(sender, {
    id: `wamid.${sender.from}.direct`,
    type: "button",
    button: { text: `canary ${sender.name}`, payload: sender.name },
  });
}

function referralOf(payload: string): Fields {
  return {
    source_type: "ad",
    headline: payload,
    body: payload,
    source_url: payload,
    image_url: payload,
    thumbnail_url: payload,
    welcome_message: { text: payload },
  };
}

function errorOf(payload: string): Fields {
  return { code: 999_999, title: payload, message: payload, error_data: { details: payload } };
}

function inbound({ from, name }: Sender, message: Fields): object {
  const user_id = `US.${from}${name}`;
  const contacts = [{ profile: { name, username: name }, wa_id: from, user_id }];
  return change("messages", {
    contacts,
    messages: [{ from, from_user_id: user_id, timestamp: now(), ...message }],
  });
}

function change(field: string, value: object): object {
  const metadata = { display_phone_number: OUR_NUMBER, phone_number_id: ACME_SUPPORT };
  return { field, value: { messaging_product: "whatsapp", metadata, ...value } };
}

async function post(app: App, changes: object[]): Promise<void> {
  const entry = [{ id: "102290129340398", changes }];
  const body = JSON.stringify({ object: "whatsapp_business_account", entry });
  const { status } = await app.simulator.postWebhook(body, { retry: false });
  if (status !== 200) throw new Error(`The webhook was answered with ${status}.`);
}

function now(): string {
  return `${Math.floor(Date.now() / 1000)}`;
}
