import { createHash } from "node:crypto";
import { text } from "node:stream/consumers";
import { afterAll, describe, expect, it } from "vitest";
import { FILE_NOT_KEPT } from "#app/models/outgoing/outgoing-status.ts";
import { closeDatabase } from "#app/process/database.server.ts";
import { graphError, sendJson } from "#tests/support/graph-server.ts";
import { waitFor } from "#tests/support/wait.ts";
import { FORM_KEY, formOf, startConversation } from "./testing/conversation.ts";
import { begun, formWith, JPEG, MULTIPART, photo } from "./testing/file-form.ts";

afterAll(closeDatabase);

describe("a file", () => {
  it("passes to WhatsApp, and is sent with its text; only its name tag stays", async () => {
    await using page = await startConversation();
    const answer = await page.post(formWith(photo(), { text: "The receipt" }));
    expect(answer).toMatchObject({ status: 303 });
    expect(page.asked).toMatchObject([
      { upload: true },
      { type: "image", image: { id: "914268667232441", caption: "The receipt" } },
    ]);
    expect(await page.ours()).toMatchObject([
      {
        type: "image",
        mediaKind: "image",
        mediaId: "914268667232441",
        mediaCaption: "The receipt",
        mediaFilename: null,
        mediaSize: JPEG.length,
        mediaTint: createHash("sha256").update(JPEG).digest("hex").slice(0, 3),
        body: null,
        isLocal: false,
      },
    ]);
  });

  it("is sent once, however often its form comes", async () => {
    await using page = await startConversation();
    await page.post(formWith(photo()));
    await page.post(formWith(photo()));
    expect(page.asked.filter(({ upload }) => !upload)).toHaveLength(1);
    expect(await page.ours()).toHaveLength(1);
  });

  it("that was not chosen leaves a text", async () => {
    await using page = await startConversation();
    expect(await page.post(formWith(undefined, { text: "Hello" }))).toMatchObject({ status: 303 });
    expect(page.asked).toMatchObject([{ text: { body: "Hello" } }]);
    expect(await page.post(formWith(undefined))).toMatchObject({ status: 400 });
  });

  it("keeps its name when it is a document, without what is harmful in it", async () => {
    await using page = await startConversation();
    const name = "../é\u202egpj<1>.pdf";
    await page.post(formWith(photo("%PDF-1.7\n1 0 obj", name, "application/pdf")));
    expect(page.asked[1]).toMatchObject({ document: { filename: "égpj_1_.pdf" } });
  });

  it("is refused with its reason and the text kept, and nothing is left of it", async () => {
    await using page = await startConversation();
    const text = "Here";
    const refused = [
      [photo(`GIF89a${"x".repeat(50)}`), 415, "not what its type says"],
      [photo("x", "film.heic", "image/heic"), 415, "doesn't take this type"],
      [photo("", "empty.jpg"), 422, "empty"],
      [photo(`OggS\0${"x".repeat(50)}`, "note.ogg", "audio/ogg"), 422, "can't carry text"],
    ] as const;
    for (const [file, status, error] of refused) {
      const answer = await page.post(formWith(file, { text }));
      expect(answer).toMatchObject({ status, text });
      expect(answer.error).toContain(error);
    }
    const long = await page.post(formWith(photo(), { text: "x".repeat(1025) }));
    expect(long).toMatchObject({ status: 422 });
    expect(long.error).toContain("1024 at most");
    expect(page.asked).toEqual([]);
    expect(await page.ours()).toEqual([]);
  });

  it("that is too large is cut off at WhatsApp, and told with the limit", async () => {
    let complete: boolean | undefined;
    await using page = await startConversation({
      media: (req) => {
        req.resume().on("close", () => {
          complete = req.complete;
        });
      },
    });
    const large = Buffer.concat([JPEG, Buffer.alloc(5 * 1024 * 1024 + 1 - JPEG.length)]);
    const answer = await page.post(formWith(photo(large)));
    expect(answer).toMatchObject({ status: 413 });
    expect(answer.error).toContain("a photo of at most 5 MB");
    await waitFor(() => expect(complete).toBe(false));
    expect(await page.ours()).toEqual([]);
  });

  it("is refused before its upload when the browser tells that it is too large", async () => {
    await using page = await startConversation();
    const headers = { ...MULTIPART, "content-length": String(7 * 1024 * 1024) };
    expect(await page.post(begun(), { headers })).toMatchObject({ status: 413 });
    expect(page.asked).toEqual([]);
  });

  it("that stands before the fields is not looked at", async () => {
    await using page = await startConversation();
    const form = new FormData();
    form.set("file", photo());
    for (const [name, value] of formOf({ intent: "send", key: FORM_KEY, text: "Hi" })) {
      form.set(name, value);
    }
    expect(await page.post(form)).toMatchObject({ status: 400 });
    expect(page.asked).toEqual([]);
  });
});

describe("a file that WhatsApp doesn't take", () => {
  it.each([
    ["refuses it", 400],
    ["fails", 500],
    ["breaks off", 0],
    ["answers garbage", 200],
  ])(
    "when it %s, leaves a message that says so, which can only be discarded",
    async (_, status) => {
      await using page = await startConversation({
        media: async (req, res) => {
          if (status === 0) return void req.once("data", () => req.socket.resetAndDestroy());
          await text(req);
          sendJson(res, status, status === 200 ? {} : graphError(131053));
        },
      });
      expect(await page.post(formWith(photo(), { text: "Here" }))).toMatchObject({ status: 303 });
      const [failed] = await page.ours();
      expect(failed).toMatchObject({
        mediaKind: "image",
        mediaId: null,
        mediaCaption: "Here",
        delivery: { status: "failed", errorCode: null, errorTitle: FILE_NOT_KEPT },
      });
      const message = String(failed?.id);
      await page.post(formOf({ intent: "retry", message }));
      expect(page.asked).toHaveLength(1);
      await page.post(formOf({ intent: "discard", message }));
      expect(await page.ours()).toEqual([]);
    },
  );

  it("but whose message it refused is sent again without being uploaded again", async () => {
    let refusing = true;
    await using page = await startConversation({
      message: (_, res) =>
        refusing
          ? sendJson(res, 400, graphError(131056))
          : sendJson(res, 200, { messages: [{ id: "wamid.again" }] }),
    });
    await page.post(formWith(photo()));
    refusing = false;
    const [failed] = await page.ours();
    await page.post(formOf({ intent: "retry", message: String(failed?.id) }));
    expect(page.asked.map(({ upload, type }) => upload ?? type)).toEqual([true, "image", "image"]);
    expect(await page.ours()).toMatchObject([{ isLocal: false }]);
  });
});
