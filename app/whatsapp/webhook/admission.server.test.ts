import { expect, it } from "vitest";
import { text, webhook } from "#tests/support/webhooks.ts";
import { createAdmission } from "./admission.server.ts";

const forever = () => new Promise<never>(() => {});
const soon = async () => "stored";

/** A body of one business, spaced as given. */
function bodyOf(businessId: string, { messages = 1, space = 0 } = {}): Uint8Array {
  const sent = Array.from({ length: messages }, (_, index) => text(`wamid.${index}`));
  const body = webhook(sent);
  const entry = body.entry.map((one) => ({ ...one, id: businessId }));
  return Buffer.from(JSON.stringify({ ...body, entry }, null, space));
}

it("F26 lets live messages pass when bulk has taken all of its places", async () => {
  const admit = createAdmission();
  for (let business = 1; business <= 10; business++) {
    void admit(bodyOf(`${business}`, { messages: 1000 }), forever);
  }
  expect(await admit(bodyOf("11", { messages: 1000 }), soon)).toEqual({ deferred: "full" });
  expect(await admit(bodyOf("1"), soon)).toEqual({ done: "stored" });
});

it("F21 refuses the 101st live POST", async () => {
  const admit = createAdmission();
  const outcomes = Array.from({ length: 101 }, (_, index) =>
    Promise.race([admit(bodyOf(`${index}`), forever), "in flight"]),
  );
  const settled = await Promise.all(outcomes);
  expect(settled.slice(0, 100)).toEqual(Array(100).fill("in flight"));
  expect(settled[100]).toEqual({ deferred: "full" });
});

it.each([0, 2])(
  "F100 keeps places for others when one business floods (space %i)",
  async (space) => {
    const admit = createAdmission();
    const flood = Array.from({ length: 200 }, () =>
      Promise.race([admit(bodyOf("1", { space }), forever), "in flight"]),
    );
    const refused = (await Promise.all(flood)).filter((outcome) => outcome !== "in flight");
    expect(refused).toEqual(Array(120).fill({ deferred: "full" }));
    expect(await Promise.race([admit(bodyOf("2", { space }), forever), "in flight"])).toBe(
      "in flight",
    );
  },
);

it("admits what names no business, and what is not even text", async () => {
  const admit = createAdmission();
  for (const body of ["", "{", "[]", '{"entry":[{"id":7}]}']) {
    expect(await admit(Buffer.from(body), soon)).toEqual({ done: "stored" });
  }
  expect(await admit(Buffer.from([0xff, 0x00]), soon)).toEqual({ done: "stored" });
});
