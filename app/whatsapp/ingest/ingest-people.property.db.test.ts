import fc from "fast-check";
import { afterAll, expect, it } from "vitest";
import { closeDatabase } from "#app/process/database.server.ts";
import { newInbox } from "#tests/support/inbox.ts";
import { text } from "#tests/support/webhooks.ts";

afterAll(closeDatabase);

interface Sent {
  person: number;
  by: "phone" | "user" | "both";
}

const sent = fc.record<Sent>({
  person: fc.integer({ min: 0, max: 2 }),
  by: fc.constantFrom("phone", "user", "both"),
});

/** Each person appears once under both ids, so that it can be known who is who. */
const story = fc
  .array(sent, { maxLength: 12 })
  .map((some): Sent[] => [...some, ...[0, 1, 2].map((person) => ({ person, by: "both" as const }))])
  .chain((all) => fc.shuffledSubarray(all, { minLength: all.length }));

it("keeps each person's messages together and apart from others', whatever ids come in what order", async () => {
  await fc.assert(
    fc.asyncProperty(
      story,
      fc.integer({ min: 1, max: 5 }),
      fc.boolean(),
      async (story, size, atOnce) => {
        const inbox = await newInbox();
        const messages = story.map(({ person, by }, index) =>
          text(`wamid.${person}.${index}`, {
            from: by === "user" ? "" : `1555010000${person}`,
            from_user_id: by === "phone" ? undefined : `US.${person}`,
          }),
        );
        const posts = Array.from({ length: Math.ceil(messages.length / size) }, (_, index) =>
          messages.slice(index * size, (index + 1) * size),
        );
        if (atOnce) await Promise.all(posts.map((post) => inbox.receive(post)));
        else for (const post of posts) await inbox.receive(post);

        const expected = [0, 1, 2].map((person) =>
          messages.flatMap(({ id }) => (id.startsWith(`wamid.${person}.`) ? [id] : [])).sort(),
        );
        const conversations = (await inbox.conversations()).map((wamids) => wamids.sort());
        expect(conversations.sort()).toEqual(expected.sort());
        expect(await inbox.contacts()).toHaveLength(3);
        expect(await inbox.identities()).toHaveLength(6);
      },
    ),
    { numRuns: 60 },
  );
});
