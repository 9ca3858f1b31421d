import type { App } from "#tests/support/app/app.ts";

const ACME_SUPPORT = "106540352242922";

/** Whom a hotel hears from in a day, and what they wrote last. */
const LINES = [
  ["Amina Yusuf", "Is late check-out possible on Sunday? Our train only leaves at seven."],
  ["Ben Okafor", "Thank you, that was quick!"],
  ["Chidi Eze", "Is breakfast included?"],
  ["Clara Lindqvist", "We would like to change our booking from two nights to three, please."],
  ["Daniel Novák", "Dobrý den, máte volný pokoj od pátku?"],
  ["Elif Demir", "Two nights, please. We arrive late."],
  ["Farah Haddad", "هل يوجد موقف سيارات؟"],
  ["Giulia Romano", "Perfetto, grazie mille 🙏"],
  ["Hannah Weber", "The heating in room 12 makes a strange noise, could somebody have a look?"],
  ["Igor Petrov", "👍"],
  ["Jonas Berg", "Where do I leave the key tomorrow morning?"],
  ["Kenji Watanabe", "We left a blue jacket in the wardrobe. Could you send it to us?"],
  ["ליאת כהן", "מתי אפשר להגיע?"],
  ["Marta Kowalska", "Great, then see you on the 3rd!"],
  ["Nina Fischer", "How far is the beach on foot?"],
  ["Oluwaseun Adeyemi", "I have paid by transfer this morning, did it arrive?"],
  ["Priya Raman", "Do you have vegetarian dishes in the evening?"],
  ["Quentin Moreau", "Bonjour, est-ce que les chiens sont acceptés ?"],
  ["Rosa Delgado", "Un momento, lo miro y le digo."],
  ["Samuel Wright", "The invoice still shows the old address of our company."],
  ["Tomáš Horák", "Thanks a lot."],
  ["Uma Nair", "Could you book a table for six at eight o'clock?"],
  ["Victor Almeida", "Sim, está tudo certo. Obrigado!"],
  ["Wei Zhang", "The parcel from the post office is for me, I'll fetch it tonight."],
] as const;

/** Fills the list beside a conversation: 24 people, the last of them a quarter of an hour ago. */
export async function fillBusyInbox({ simulator }: App): Promise<void> {
  const now = Math.floor(Date.now() / 1000);
  for (const [index, [name, text]] of LINES.entries()) {
    const timestamp = now - (LINES.length - index) * 900;
    const from = `${15550109500 + index}`;
    await simulator.sendMessage({ kind: "text", to: ACME_SUPPORT, from, name, text, timestamp });
  }
}
