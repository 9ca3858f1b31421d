import type { Simulator } from "#simulator/server.ts";

export const SUPPORT = "106540352242922";
export const SALES = "106540352242923";
export const CARE = "206540352242922";
export const ANA = { to: SUPPORT, from: "15550107401", name: "Ana Souza" };

const SUPPORT_NUMBER = "15550100001";
const MINUTE = 60;

const others = [
  { from: "15550107402", name: "Ben Okafor", text: "Thank you, that was quick!" },
  { from: "15550107403", name: "Chidi Eze", text: "Is breakfast included?" },
  { from: "15550107404", name: "ליאת כהן", text: "מתי אפשר להגיע?" },
  { from: "15550107405", name: "Elif Demir", text: "Two nights, please. We arrive late." },
] as const;

/** Fills the inbox of Acme Support with a few people, and with Ana's whole conversation. */
export async function tellStory(simulator: Simulator): Promise<void> {
  let at = Math.floor(Date.now() / 1000) - 30 * MINUTE;
  for (const one of others) {
    at += MINUTE;
    await simulator.sendMessage({ to: SUPPORT, kind: "text", timestamp: at, ...one });
  }
  const next = () => {
    at += MINUTE;
    return { ...ANA, timestamp: at };
  };
  await simulator.sendMessage({ ...next(), kind: "text", text: "Hello! We are here." });
  await answer(simulator, next().timestamp, "Welcome! How do you like the room?");
  await simulator.sendMessage({ ...next(), kind: "photo", caption: "What a view" });
  await simulator.sendMessage({ ...next(), kind: "voice" });
  await simulator.sendMessage({ ...next(), kind: "document", filename: "booking-2026-118.pdf" });
}

/** One of ours, written on the business's own phone, and read since. */
async function answer(simulator: Simulator, at: number, body: string): Promise<void> {
  const id = `wamid.story.${at}`;
  const timestamp = String(at);
  const echo = { from: SUPPORT_NUMBER, to: ANA.from, id, timestamp, type: "text", text: { body } };
  await post(simulator, "smb_message_echoes", { message_echoes: [echo] });
  const status = { id, status: "read", timestamp, recipient_id: ANA.from };
  await post(simulator, "messages", { statuses: [status] });
}

async function post(simulator: Simulator, field: string, change: object): Promise<void> {
  const metadata = { display_phone_number: SUPPORT_NUMBER, phone_number_id: SUPPORT };
  const value = { messaging_product: "whatsapp", metadata, ...change };
  const entry = [{ id: "102290129340398", changes: [{ field, value }] }];
  await simulator.postWebhook(JSON.stringify({ object: "whatsapp_business_account", entry }));
}
