import { expect, it } from "vitest";
import { outcomeOf, savedAs } from "./outcome.ts";
import type { Seen } from "./seen.ts";

const NOTHING: Seen = {
  sentence: false,
  doubt: false,
  link: false,
  failed: false,
  picture: null,
  player: null,
};
const PICTURE = { complete: true, width: 400, decoded: true };
const FILM = { film: true, error: 0, ready: 4, width: 320, at: 1 };
const of = (seen: Partial<Seen>) => outcomeOf({ ...NOTHING, ...seen });

it("waits for a picture that loads and a player that doesn't move yet", () => {
  expect(of({})).toBeUndefined();
  expect(of({ picture: { ...PICTURE, complete: false } })).toBeUndefined();
  expect(of({ player: { ...FILM, at: 0 } })).toBeUndefined();
});

it("takes a decoded picture and a film with a picture for shown", () => {
  expect(of({ picture: PICTURE })).toEqual({ is: "shown" });
  expect(of({ player: FILM })).toEqual({ is: "shown" });
  expect(of({ player: { ...FILM, film: false, width: 0 } })).toEqual({ is: "shown" });
});

it("counts the sentence only with a link that saves the file, whatever stands beside it", () => {
  const player = { ...FILM, width: 0 };
  expect(of({ sentence: true, link: true, player })).toEqual({ is: "said" });
  expect(of({ sentence: true, player })).toMatchObject({ is: "failed" });
});

it("counts a warning beside what isn't shown, with a link that saves the file", () => {
  const player = { ...FILM, width: 0 };
  expect(of({ doubt: true, link: true, player })).toEqual({ is: "warned" });
  expect(of({ doubt: true, player })).toMatchObject({ is: "failed" });
  expect(of({ doubt: true, link: true, player: FILM })).toEqual({ is: "shown" });
});

it.each<[string, Partial<Seen>]>([
  ["Failed to load", { failed: true }],
  ["broken picture", { picture: { ...PICTURE, decoded: false } }],
  ["broken picture", { picture: { ...PICTURE, width: 0 } }],
  ["sound without picture", { player: { ...FILM, width: 0 } }],
  ["player with error 4", { player: { ...FILM, error: 4, ready: 0, at: 0 } }],
])("calls it a failure: %s", (how, seen) => {
  expect(of(seen)).toEqual({ is: "failed", how });
});

it("wants a document to be saved with its extension", () => {
  expect(savedAs("document-1.docx", "letter.docx")).toEqual({
    is: "saved",
    name: "document-1.docx",
  });
  expect(savedAs("document-1", "letter.docx")).toEqual({
    is: "failed",
    how: "saved as document-1",
  });
  expect(savedAs(undefined, "letter.docx")).toMatchObject({ is: "failed" });
});
