import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "#e2e/testing/fixtures.ts";
import type { MediaKind } from "#simulator/samples/index.ts";
import { FAILED, openConversation, placeOf, tapTile } from "#tests/support/tiles.ts";

const UNSHOWN = "This browser can't show this file.";
const ACME_SUPPORT = "106540352242922";

/** What Chromium makes of a file. Without a script a page knows only what its bytes tell. */
type Outcome = "shown" | "sound only" | "unshown";
interface Trial {
  file: string;
  kind: MediaKind;
  mimeType: string;
  outcome: Outcome;
  /** Whether the page without a script warns, or says that it can't be shown. */
  unscripted: "nothing" | "doubt" | "unshown";
  /** What it is saved as. */
  extension: string;
}

const trial = (
  file: string,
  kind: MediaKind,
  mimeType: string,
  outcome: Outcome,
  unscripted: Trial["unscripted"],
  extension: string,
): Trial => ({ file, kind, mimeType, outcome, unscripted, extension });

const trials = [
  trial("voice.amr", "voice", "audio/amr", "unshown", "unshown", "amr"),
  trial("lossless.m4a", "voice", "audio/mp4", "unshown", "unshown", "m4a"),
  trial("old.mp2", "voice", "audio/mpeg", "unshown", "unshown", "mp3"),
  trial("song.mp3", "voice", "audio/mp3", "shown", "nothing", "mp3"),
  trial("padded.mp3", "voice", "audio/mpeg", "shown", "doubt", "mp3"),
  trial("ape-tag.mp3", "voice", "audio/mpeg", "shown", "doubt", "mp3"),
  trial("voice.wav", "voice", "audio/x-wav", "shown", "nothing", "wav"),
  trial("voice.ogg", "voice", "application/ogg", "shown", "nothing", "ogg"),
  trial("old-phone.3gp", "video", "video/3gpp", "unshown", "unshown", "3gp"),
  trial("hevc.mp4", "video", "video/mp4", "sound only", "doubt", "mp4"),
  trial("part2.mp4", "video", "video/mp4", "sound only", "doubt", "mp4"),
  trial("iphone.mov", "video", "video/quicktime", "shown", "nothing", "mov"),
  trial("fragmented.mp4", "video", "video/mp4", "shown", "nothing", "mp4"),
  trial("arithmetic.jpg", "photo", "image/jpeg", "shown", "doubt", "jpg"),
  trial("photo.heic", "photo", "image/heic", "unshown", "unshown", "heic"),
  trial("scan.tif", "photo", "image/tiff", "unshown", "unshown", "tif"),
  trial("portrait.jpg", "photo", "image/jpg", "shown", "nothing", "jpg"),
];
const titles = { photo: "Photo", voice: "Voice message", video: "Video" } as const;

let sender = 15550140000;

test.beforeEach(({ page, loginAs }) => loginAs(page, "agent@acme.test"));

for (const { file, kind, mimeType, outcome, unscripted, extension } of trials) {
  test(`F101 F102 F103 F104 ${file} as ${mimeType} is ${outcome}, can be saved, and is opened only when it was seen`, async ({
    page,
    app,
    scripted,
  }) => {
    const bytes = await readFile(join("e2e/files", file));
    const from = String(++sender);
    const name = `Sender ${from}`;
    const { mediaId } = await app.simulator.sendMessage({
      ...{ kind, to: ACME_SUPPORT, from, name, bytes, mimeType },
    });
    const unopened = async () => {
      await page.goto("/expiring");
      return page.getByText(name).count();
    };
    expect(await unopened()).toBe(1);

    await openConversation(page, name, scripted);
    const place = placeOf(page, titles[kind as keyof typeof titles], scripted);
    await tapTile(place);
    const download = place.getByRole("link", { name: "Download", exact: true });
    await expect(download.first()).toHaveAttribute("download", "");
    const word = place.getByRole("alert");
    const expected = scripted
      ? { shown: null, unshown: UNSHOWN, "sound only": UNSHOWN }[outcome]
      : { nothing: null, unshown: UNSHOWN, doubt: "Not every browser can show this file." }[
          unscripted
        ];
    if (expected) await expect(word).toContainText(expected);
    const element = { photo: "img", voice: "audio", video: "video" }[kind as "photo"];
    const isThere = scripted ? outcome !== "unshown" : unscripted !== "unshown";
    await expect(place.locator(element)).toHaveCount(isThere ? 1 : 0);
    if (outcome !== "unshown") {
      const decoded = (media: HTMLImageElement & HTMLMediaElement) =>
        media.naturalWidth || media.duration;
      await expect.poll(() => place.locator(element).evaluate(decoded)).toBeGreaterThan(0);
      if (!expected) await expect(word).toHaveCount(0);
    }
    await expect(page.getByText(FAILED)).toHaveCount(0);

    const isSeen = scripted ? outcome === "shown" : unscripted === "nothing";
    await expect.poll(unopened).toBe(isSeen ? 0 : 1);

    const href = `/media/${mediaId}?t=1&save`;
    const answer = await page.request.get(href);
    expect(answer.headers()["content-disposition"]).toMatch(
      new RegExp(`^attachment; filename="\\w+-${mediaId}\\.${extension}"$`),
    );
    expect((await answer.body()).equals(bytes)).toBe(true);
    await expect.poll(unopened).toBe(0);
  });
}
