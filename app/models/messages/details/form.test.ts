import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { pickedFile } from "#tests/support/webhooks.ts";
import { readForm } from "./form.ts";

const HASH = "SfInY0gGKTsJlUWbwxC1k+FAD0FZHvzwfpvO0zX0GUI=";

const read = (answers: unknown) => readForm(JSON.stringify(answers));
const idsOf = (answers: unknown) =>
  read(answers).flatMap(({ files }) => files.map(({ mediaId }) => mediaId));

describe("a form's answer", () => {
  it("has its files where they were picked, counted through, and no JSON of them", () => {
    const fields = read({
      flow_token: "t",
      screen_0_Damage_photos_0: [
        pickedFile("700000000000002", { sha256: HASH }),
        pickedFile("700000000000003", { file_name: "side.png", mime_type: "image/png" }),
      ],
      screen_0_Plate_1: "AB 123",
      screen_1_Papers_0: [pickedFile("700000000000004", { mime_type: "application/pdf" })],
    });
    expect(fields).toMatchObject([
      {
        name: "Damage photos",
        value: null,
        files: [
          { position: 1, kind: "image", mediaId: "700000000000002", filename: "damage.jpg" },
          { position: 2, kind: "image", mimeType: "image/png", filename: "side.png" },
        ],
      },
      { name: "Plate", value: "AB 123", files: [] },
      { name: "Papers", value: null, files: [{ position: 3, kind: "document" }] },
    ]);
    expect(fields[0]?.files[0]?.sha256).toBe(Buffer.from(HASH, "base64").toString("hex"));
  });

  it.each([
    ["image/jpeg", "image"],
    ["IMAGE/PNG", "image"],
    ["video/mp4", "video"],
    ["audio/ogg; codecs=opus", "audio"],
    ["application/pdf", "document"],
    ["imagery/jpeg", "document"],
    [5, "document"],
    [undefined, "document"],
  ])("shows a file of the type %j as the kind %s", (mime_type, kind) => {
    expect(read({ papers: [pickedFile("7", { mime_type })] })[0]?.files).toMatchObject([{ kind }]);
  });

  it("finds a file that is alone or further within, and says what is beside it", () => {
    expect(read({ selfie: pickedFile("7") })).toMatchObject([
      { name: "selfie", value: null, files: [{ mediaId: "7" }] },
    ]);
    expect(read({ claim: { place: "Pier", photos: [pickedFile("7")] } })).toMatchObject([
      { value: '{"place":"Pier"}', files: [{ mediaId: "7" }] },
    ]);
    expect(read({ mixed: ["none", pickedFile("7"), null, { id: "8" }] })).toMatchObject([
      { value: '["none",null]', files: [{ mediaId: "7" }, { mediaId: "8" }] },
    ]);
  });

  it("takes an object that names no file for words", () => {
    expect(read({ choice: { id: "7", title: "Blue" }, none: [], empty: {} })).toMatchObject([
      { value: '{"id":"7","title":"Blue"}', files: [] },
      { value: "[]", files: [] },
      { value: "{}", files: [] },
    ]);
  });

  it("F59 keeps a file whose id can't be asked for, without the id", () => {
    const odd = ["../etc", "", 1.5, null, {}, "1".repeat(129), undefined, true];
    expect(idsOf({ photos: odd.map((id) => pickedFile(id)) })).toEqual(odd.map(() => null));
    expect(idsOf({ photos: [pickedFile(42)] })).toEqual(["42"]);
    const [file] = read({ photos: [{ id: "7", file_name: 5, mime_type: [], sha256: 1 }] })[0]
      ?.files ?? [expect.fail("no file")];
    expect(file).toMatchObject({ mediaId: "7", filename: null, mimeType: null, sha256: null });
  });

  it("F64 holds no control character and no direction override in a file's name", () => {
    const [field] = read({
      photos: [pickedFile("7", { file_name: "\u0000gpj\u202e.\ud800exe\n" })],
    });
    expect(field?.files[0]?.filename).toBe("\ufffdgpj.\ufffdexe");
  });

  it("shows 100 files of 1,000, tells how many more there are, and all else", () => {
    const photos = Array.from({ length: 1_000 }, (_, index) => pickedFile(String(index)));
    const fields = read({ photos, plate: "AB 123", papers: [pickedFile("last")] });
    expect(fields).toMatchObject([
      { name: "photos", value: null, moreFiles: 900 },
      { name: "plate", value: "AB 123", moreFiles: 0 },
      { name: "papers", value: null, files: [], moreFiles: 1 },
    ]);
    expect(fields[0]?.files).toHaveLength(100);
  });

  it("loses no file behind more fields than are shown", () => {
    const many = Object.fromEntries(Array.from({ length: 80 }, (_, index) => [`a${index}`, "x"]));
    const fields = read({ ...many, photos: [pickedFile("7")] });
    expect(fields).toHaveLength(51);
    expect(fields.at(-1)).toMatchObject({ name: "photos", files: [{ mediaId: "7" }] });
  });

  it("never throws, whatever it holds, however deep", () => {
    const deep = `${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`;
    expect(readForm(deep)).toMatchObject([{ name: "a", files: [] }]);
    fc.assert(
      fc.property(
        fc.jsonValue({ maxDepth: 6 }),
        fc.constantFrom("photos", "__proto__"),
        (odd, name) => {
          const answers = `{"plate":"AB 123",${JSON.stringify(name)}:${JSON.stringify([odd, pickedFile("7")])}}`;
          const fields = readForm(answers);
          expect(fields[0]).toMatchObject({ name: "plate", value: "AB 123" });
          expect(fields.flatMap(({ files }) => files).map(({ mediaId }) => mediaId)).toContain("7");
        },
      ),
    );
  });
});
