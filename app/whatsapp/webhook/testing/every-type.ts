import {
  change,
  contact,
  everyType as everyMessage,
  message,
  text,
  webhook,
} from "#tests/support/webhooks.ts";

/** What stands in every payload here where a message's id and its sender's ids stand. */
export const SAME_WAMID = "wamid.same";
export const SAME_SENDER = "15550100001";
export const SAME_USER = "US.13491208655302741918";
/** A user id that all senders claim, in one message each. */
const EVERYBODYS_USER = "US.00000000000000000001";

const error = (code: number) => ({
  code,
  title: "Unsupported",
  message: "Unsupported",
  error_data: { details: "Message type is currently not supported." },
});

const messages = [
  ...[...everyMessage, message("hologram", { id: "1" })].map((one) => ({ ...one, id: SAME_WAMID })),
  text(SAME_WAMID, { type: "unsupported", text: undefined, errors: [error(131051)] }),
  text(SAME_WAMID, { context: { forwarded: true }, group_id: "Y2FwaV9ncm91cDox" }),
  text(SAME_WAMID, { from: undefined, from_user_id: SAME_USER }),
  text(SAME_WAMID, { from_user_id: EVERYBODYS_USER }),
  text(SAME_WAMID, {
    referral: { source_url: "https://shop.test/ad", source_id: "1", source_type: "ad" },
  }),
];

const status = (fields: object) => ({
  id: SAME_WAMID,
  status: "delivered",
  timestamp: "1744344497",
  recipient_id: SAME_SENDER,
  pricing: { billable: true, pricing_model: "PMP", type: "regular", category: "service" },
  ...fields,
});
const withoutMessages = { messages: undefined, contacts: undefined };

const changes = [
  change([], { ...withoutMessages, statuses: [status({}), status({ status: "read" })] }),
  change([], {
    ...withoutMessages,
    statuses: [status({ status: "failed", errors: [error(131047)] })],
  }),
  change([], { ...withoutMessages, errors: [error(131052)] }),
  {
    ...change([], {
      ...withoutMessages,
      message_echoes: [text(SAME_WAMID, { from: "15550109999", to: SAME_SENDER })],
    }),
    field: "smb_message_echoes",
  },
  {
    ...change([], {
      ...withoutMessages,
      history: [
        {
          metadata: { phase: 0, chunk_order: 1, progress: 100 },
          threads: [
            {
              id: SAME_SENDER,
              messages: [text(SAME_WAMID, { history_context: { status: "READ" } })],
            },
          ],
        },
      ],
    }),
    field: "history",
  },
  {
    ...change([], {
      ...withoutMessages,
      user_id_update: [
        {
          wa_id: SAME_SENDER,
          user_id: { previous: SAME_USER, current: `${SAME_USER}2` },
          timestamp: "1744344498",
        },
      ],
    }),
    field: "user_id_update",
  },
  { field: "account_update", value: { event: "VERIFIED_ACCOUNT", phone_number: "15550109999" } },
  { field: "telepathy", value: { thoughts: [] } },
];

/** A well-formed webhook of each type of message and of each kind of change, known or not. */
export const everyType: readonly unknown[] = [
  ...messages.map((message) =>
    webhook([message], {
      contacts: [{ ...contact(SAME_SENDER, "Ana"), user_id: SAME_USER }],
    }),
  ),
  ...changes.map((one) => ({
    object: "whatsapp_business_account",
    entry: [{ id: "102290129340398", time: 1744344499, changes: [one] }],
  })),
];
