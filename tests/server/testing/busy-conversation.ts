import { createHash } from "node:crypto";
import type { App } from "#tests/support/app/app.ts";

const ACME_SUPPORT = "106540352242922";
const OUR_NUMBER = "15550100001";
const CUSTOMER = "15550109400";
export const BUSY_CUSTOMER = "Lucía Gómez";

type Entry = { from: "them" | "us"; type: string; content: object; quotes?: number };

const them = (body: string, quotes?: number): Entry => ({
  from: "them",
  type: "text",
  content: { body },
  ...(quotes !== undefined && { quotes }),
});
const us = (body: string, quotes?: number): Entry => ({ ...them(body, quotes), from: "us" });

let files = 0;

function file(type: string, mime_type: string, fields: object = {}, from: Entry["from"] = "them") {
  const hash = createHash("sha256").update(`file ${++files}`);
  const id = `${BigInt(`0x${hash.copy().digest("hex").slice(0, 13)}`)}`.slice(0, 15);
  const sha256 = hash.digest("base64");
  return { from, type, content: { id, mime_type, sha256, ...fields } };
}
const photo = (fields?: object) => file("image", "image/jpeg", fields);
const video = (fields?: object) => file("video", "video/mp4", fields);
const voice = () => file("audio", "audio/ogg; codecs=opus", { voice: true });
const paper = (filename: string, from?: Entry["from"]) =>
  file("document", "application/pdf", { filename }, from);

/** Fifty messages as a hotel gets them: fifteen files of all kinds, an album, quotes, reactions. */
const entries: Entry[] = [
  them("Hello! Do you have a double room from Friday to Sunday?"),
  us("Good morning! Yes, two are left: one to the garden, one with a view of the harbour."),
  them("The harbour would be lovely. How much is it?"),
  us("118 euros a night, breakfast included."),
  them("And is there a place to leave the car?", 1),
  us("There is a car park behind the house, free for guests."),
  photo({ caption: "Is it this entrance?" }),
  us("Exactly, the green gate. It closes at ten, but the night bell works."),
  voice(),
  us("No problem at all, we keep the kitchen open until half past nine."),
  them("Perfect, please book it for us. Two adults and a little dog."),
  us("Dogs are welcome! Could you send me a copy of both passports?"),
  photo(),
  photo(),
  photo({ caption: "The last page is a bit dark, sorry" }),
  us("Thank you, that is all I need.", 14),
  paper("booking-2026-118.pdf", "us"),
  them("Got it. The surname has an accent: Gómez, not Gomez."),
  us("Corrected, the new confirmation is on its way."),
  paper("booking-2026-118-corrected.pdf", "us"),
  them("Thanks! One more thing: which bus comes from the airport?"),
  {
    from: "us",
    type: "location",
    content: { latitude: 36.72, longitude: -4.42, name: "Bus stop" },
  },
  us("Line 19, every twenty minutes, get off at Plaza Mayor."),
  them("Great 👍"),
  file("sticker", "image/webp"),
  us("See you on Friday!"),
  them("We have just landed, the flight was late."),
  us("No worries. The key is in the box next to the door, code 4711."),
  them("The box doesn't open 😕"),
  video({ caption: "See, it just blinks red" }),
  us("Please press the star first, then the code.", 29),
  them("That worked, thank you! What a beautiful house."),
  photo({ caption: "Hello from the balcony" }),
  us("Wonderful! Breakfast is from eight to eleven on the terrace."),
  them("Could we get a second blanket? It got rather cold tonight."),
  us("Of course, Marta is bringing one up right now."),
  voice(),
  voice(),
  us("The hiking map is at the reception, take one for free."),
  them("Can we stay one night longer? Until Monday?"),
  us("Let me check… yes, the room is free. It would be 98 euros for that night."),
  them("Wonderful, please do that.", 40),
  paper("invoice-0457.pdf", "us"),
  them("Is it alright to pay by card?"),
  us("Yes, any card, or by transfer."),
  paper("transfer-receipt.pdf"),
  us("Received, thank you very much!"),
  video({ caption: "The dog loves the beach" }),
  them("We will leave around noon tomorrow. Thank you for everything, we'll be back!"),
  us("It was a pleasure to have you. A safe journey home, and see you next year!"),
];

/** What each of them got as a reaction. */
const reactions = new Map([
  [7, "👍"],
  [22, "🙏"],
  [32, "😍"],
  [49, "❤️"],
]);

/**
 * Fills a conversation as WhatsApp would, the newest message just now.
 *
 * @returns how many of its messages are files
 */
export async function fillBusyConversation(app: App): Promise<{ files: number }> {
  const start = Math.floor(Date.now() / 1000) - 86_400;
  const wamids = entries.map((_, index) => `wamid.busy.${index}`);
  // Pictures of one album come in one second, all else a few minutes apart.
  let second = start;
  const changes = entries.map(({ from, type, content, quotes }, index) => {
    second += type === "image" && entries[index - 1]?.type === "image" ? 1 : 1_700;
    const context = quotes !== undefined && { context: { id: wamids[quotes] } };
    const message = {
      id: wamids[index],
      timestamp: `${second}`,
      type,
      [type]: content,
      ...context,
    };
    return from === "them"
      ? inbound({ ...message, from: CUSTOMER })
      : echo({ ...message, from: OUR_NUMBER, to: CUSTOMER });
  });
  const told = entries.flatMap(({ from }, index) =>
    from === "us" ? status(wamids[index] ?? "", index > 45 ? "delivered" : "read", second) : [],
  );
  const reacted = [...reactions].map(([index, emoji]) =>
    inbound({
      id: `wamid.busy.reaction.${index}`,
      from: CUSTOMER,
      timestamp: `${second}`,
      type: "reaction",
      reaction: { message_id: wamids[index], emoji },
    }),
  );
  for (const batch of [changes, told, reacted]) await post(app, batch);
  return { files: entries.filter(({ content }) => "sha256" in content).length };
}

const inbound = (message: object) => {
  const contacts = [{ profile: { name: BUSY_CUSTOMER }, wa_id: CUSTOMER }];
  return change("messages", { contacts, messages: [message] });
};
const echo = (message: object) => change("smb_message_echoes", { message_echoes: [message] });
const status = (id: string, status: string, timestamp: number) =>
  change("messages", {
    statuses: [{ id, status, timestamp: `${timestamp}`, recipient_id: CUSTOMER }],
  });

function change(field: string, value: object) {
  const metadata = { display_phone_number: OUR_NUMBER, phone_number_id: ACME_SUPPORT };
  return { field, value: { messaging_product: "whatsapp", metadata, ...value } };
}

async function post(app: App, changes: object[]): Promise<void> {
  const entry = [{ id: "102290129340398", changes }];
  const body = JSON.stringify({ object: "whatsapp_business_account", entry });
  const answer = await app.simulator.postWebhook(body);
  if (answer.status !== 200) throw new Error(`The webhook was answered with ${answer.status}.`);
}
