import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Edit, type EditableMessage, editedMessage } from "./edited-message.ts";

const message = (type: string, fields: Partial<EditableMessage> = {}): EditableMessage => ({
  ...{ id: 1, type, editedAt: null, mediaEditedAt: null, files: 0, ...fields },
});
const edit = (id: number, type: string, fields: Partial<Edit> = {}): Edit => ({
  ...{ id, type, sentAt: id, namesFile: false, files: 0, ...fields },
});
const naming = (id: number, type = "image") => edit(id, type, { namesFile: true });
const become = (original: EditableMessage, ...edits: Edit[]) => editedMessage(original, edits);

describe("an edited message", () => {
  it("has the words of its latest edit, and the file of the latest that names one", () => {
    expect(become(message("text"), edit(2, "text"), edit(3, "text"))).toEqual({
      ...{ id: 1, words: 3, file: null, done: [2, 3] },
    });
    expect(become(message("image"), edit(2, "image"))).toMatchObject({ words: 2, file: 1 });
    expect(become(message("image"), naming(2), edit(3, "image"))).toMatchObject({
      ...{ words: 3, file: 2 },
    });
    expect(become(message("text"), naming(2, "video"), edit(3, "text"))).toMatchObject({
      ...{ words: 3, file: 2 },
    });
  });

  it("F107 keeps its file where an edit is of the words alone", () => {
    for (const type of ["text", "document"]) {
      expect(become(message("image"), edit(2, type))).toMatchObject({ words: 2, file: 1 });
    }
  });

  it("takes the file of an earlier edit that comes late, but not its words", () => {
    const edited = message("image", { editedAt: 3 });
    expect(become(edited, naming(2))).toMatchObject({ words: 1, file: 2, done: [2] });
    const replaced = message("image", { editedAt: 3, mediaEditedAt: 3 });
    expect(become(replaced, naming(2))).toMatchObject({ words: 1, file: 1, done: [2] });
  });

  it("gives no file up for what has no room for one: that edit stays beside it", () => {
    expect(become(message("image"), edit(2, "location"))).toMatchObject({ file: 1, done: [] });
    const form = message("interactive", { files: 2 });
    expect(become(form, edit(2, "text"), naming(3))).toMatchObject({ words: 1, done: [] });
    const moved = message("location", { editedAt: 3 });
    expect(become(moved, naming(2))).toMatchObject({ words: 1, file: null, done: [] });
  });

  it("becomes something else where no file is lost", () => {
    expect(become(message("text"), edit(2, "location"))).toMatchObject({ words: 2, file: null });
    expect(become(message("location"), edit(2, "text"))).toMatchObject({ words: 2, file: null });
    expect(become(message("location"), naming(2))).toMatchObject({ words: 2, file: 2 });
    expect(become(message("text"), edit(2, "interactive", { files: 1 }), edit(3, "text"))).toEqual({
      ...{ id: 1, words: 2, file: null, done: [2] },
    });
  });

  it("waits for the file that history has promised", () => {
    expect(become(message("media_placeholder"), edit(2, "text"))).toMatchObject({ done: [] });
  });

  it("is the same in whatever parts its edits come", () => {
    const edits = fc.uniqueArray(
      fc.record({
        id: fc.integer({ min: 2, max: 9 }),
        type: fc.constantFrom("text", "image", "document"),
        named: fc.boolean(),
      }),
      { selector: ({ id }) => id, minLength: 1, maxLength: 5 },
    );
    fc.assert(
      fc.property(fc.constantFrom("text", "image"), edits, fc.integer(), (type, drawn, seed) => {
        const all = drawn.map(({ id, named, ...rest }) =>
          edit(id, rest.type, { namesFile: named && rest.type !== "text" }),
        );
        const sorted = all.toSorted((a, b) => a.sentAt - b.sentAt);
        const together = editedMessage(message(type), sorted);
        const order = all.toSorted((a, b) => ((a.id * seed) % 7) - ((b.id * seed) % 7));
        expect(oneByOne(message(type), order)).toEqual({
          words: together.words,
          file: nameOf(together.file, sorted),
        });
      }),
    );
  });
});

/** The file's id, where an edit's own has one: without, it is no file that could be lost. */
function nameOf(file: number | null, edits: readonly Edit[]): number | null {
  return edits.some(({ id, namesFile }) => id === file && !namesFile) ? null : file;
}

/** As the database keeps it between two edits. */
function oneByOne(original: EditableMessage, edits: readonly Edit[]) {
  let row = { ...original };
  let words = original.id;
  let file = original.type === "image" ? original.id : null;
  for (const one of edits) {
    const outcome = editedMessage(row, [one]);
    const isLatest = outcome.words === one.id;
    const isNamed = outcome.file === one.id && one.namesFile;
    if (isLatest) words = one.id;
    if (isNamed) file = one.id;
    row = {
      ...row,
      type: outcome.file === one.id || (isLatest && outcome.file === null) ? one.type : row.type,
      editedAt: isLatest ? one.sentAt : row.editedAt,
      mediaEditedAt: isNamed ? one.sentAt : row.mediaEditedAt,
    };
  }
  return { words, file };
}
