import fc from "fast-check";
import { describe, expect, it } from "vitest";

import { cleanFileName, disposition, fileName } from "./file-name.ts";

describe("cleanFileName", () => {
  it.each([
    ["invoice.pdf", "invoice.pdf"],
    ["Rechnung März 2026.pdf", "Rechnung März 2026.pdf"],
    ["契約書.docx", "契約書.docx"],
    ["party 🎉.png", "party 🎉.png"],
  ])("keeps %s", (name, expected) => {
    expect(cleanFileName(name)).toBe(expected);
  });

  it.each([
    ["F61 line breaks", "a.pdf\r\nSet-Cookie: x=1", "a.pdfSet-Cookie_ x=1"],
    ["F61 NUL and other control characters", "a\u0000\u0007\u001b\u007f\u0085.pdf", "a.pdf"],
    ["F61 line separators", "a\u2028b\u2029.pdf", "ab.pdf"],
    ["F61 lone surrogates", "a\ud83d.pdf\udc00", "a.pdf"],
    ["F70 bidi overrides and isolates", "photo\u202egpj.exe\u2066\u2069\u200f", "photogpj.exe"],
    ["F70 zero-width characters", "in\u200bvoice\ufeff.pdf", "invoice.pdf"],
    ["F70 a gap that hides the extension", `a.pdf${" ".repeat(90)}\t.exe`, "a.pdf .exe"],
    ["slashes and a way up", "../../etc/passwd", "_.._etc_passwd"],
    ["backslashes and drives", "C:\\temp\\x.exe", "C__temp_x.exe"],
    ["characters that Windows refuses", 'a<b>c|d?e*f".txt', "a_b_c_d_e_f_.txt"],
    ["leading dots and spaces", " . .htaccess", "htaccess"],
    ["trailing dots and spaces", "setup.exe . .", "setup.exe"],
  ])("cleans away %s", (_, name, expected) => {
    expect(cleanFileName(name)).toBe(expected);
  });

  it("F70 keeps every extension of a double one in sight", () => {
    expect(cleanFileName("invoice.pdf.exe")).toBe("invoice.pdf.exe");
  });

  it("shortens a long name and keeps its extension", () => {
    const name = cleanFileName(`${"long ".repeat(2_000)}.pdf`);
    expect(name).toHaveLength(120);
    expect(name.endsWith(".pdf")).toBe(true);
  });

  it("shortens without cutting a character in two", () => {
    const name = cleanFileName(`x${"🎉".repeat(200)}.png`);
    expect(name.isWellFormed()).toBe(true);
    expect(name.length).toBeLessThanOrEqual(120);
    expect(name).toMatch(/🎉\.png$/u);
  });

  it.each(["", " ", "...", "\u202e\u200b", "\ud800", ". ."])("leaves nothing of %j", (name) => {
    expect(cleanFileName(name)).toBe("");
  });
});

describe("fileName", () => {
  const media = { mediaId: "622684793477189", filename: null };

  it.each([
    ["image", "jpg", "photo-622684793477189.jpg"],
    ["video", "mov", "video-622684793477189.mov"],
    ["audio", "ogg", "audio-622684793477189.ogg"],
    ["sticker", "webp", "sticker-622684793477189.webp"],
    ["document", "", "document-622684793477189"],
  ] as const)("is made of kind, id and extension for %s", (kind, extension, expected) => {
    expect(fileName({ ...media, kind }, extension)).toBe(expected);
  });

  it("is made of kind and id when the sender's holds nothing harmless", () => {
    const file = { ...media, kind: "document", filename: "\u202e.." } as const;
    expect(fileName(file, "")).toBe("document-622684793477189");
    expect(fileName(file, "pdf")).toBe("document-622684793477189.pdf");
  });

  const named = (filename: string, extension: string) =>
    fileName({ ...media, kind: "document", filename }, extension);

  it.each([
    ["a.pdf", "pdf"],
    ["a.PDF", "pdf"],
    ["photo.jpg", "png"],
    ["photo.jpg", ""],
    ["letter.doc", "rtf"],
    ["drawing.dwg", "pdf"],
    ["backup.7z.001", "7z"],
    ["IMG_1.CR2", "tif"],
    ["notes.ps1", "txt"],
    ["model.skpx", "zip"],
  ])("F70 keeps the extension of %s, whatever the file is (%s)", (filename, extension) => {
    expect(named(filename, extension)).toBe(filename);
  });

  it.each([
    ["invoice", "pdf", "invoice.pdf"],
    ["Angebot Nr. 5", "pdf", "Angebot Nr. 5.pdf"],
    ["Angebot 1.200", "pdf", "Angebot 1.200.pdf"],
    ["Stand 24.12.2026", "docx", "Stand 24.12.2026.docx"],
    ["Bericht Fa.Meier", "xlsx", "Bericht Fa.Meier.xlsx"],
    ["Liste Fa.Meier", "zip", "Liste Fa.Meier.zip"],
    ["plan.final", "pdf", "plan.final.pdf"],
    ["plan.pdf (1)", "pdf", "plan.pdf (1).pdf"],
    ["契約書", "docx", "契約書.docx"],
    [".invoice", "pdf", "invoice.pdf"],
    ["invoice.", "pdf", "invoice.pdf"],
  ])("gives %s the extension that it lacks", (filename, extension, expected) => {
    expect(named(filename, extension)).toBe(expected);
  });

  it("shortens a long name for the extension that it lacks", () => {
    const name = named("🎉".repeat(200), "docx");
    expect(name).toMatch(/^(?:🎉){57}\.docx$/u);
    expect(name.length).toBeLessThanOrEqual(120);
  });

  it("F61 sends a name beyond ASCII encoded, beside a plain stand-in", () => {
    expect(disposition("inline", "Größe.pdf")).toBe(
      "inline; filename=\"Gr__e.pdf\"; filename*=UTF-8''Gr%C3%B6%C3%9Fe.pdf",
    );
    expect(disposition("attachment", "plain.pdf")).toBe('attachment; filename="plain.pdf"');
  });

  it("F61 makes a valid Content-Disposition of any name at all", () => {
    const anyName = fc.oneof(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.string({
        unit: fc.constantFrom(
          ..."\r\n\0\\\"/%;='*.\t \u202e\u0085\u2028",
          "\ud800",
          "\udc00",
          "🎉",
        ),
        maxLength: 300,
      }),
    );
    fc.assert(
      fc.property(anyName, fc.constantFrom("", "pdf", "zip"), (filename, extension) => {
        const name = named(filename, extension);
        const value = disposition("attachment", name);
        expect(value).toMatch(/^attachment; filename[*=][\x20-\x7e]+$/);
        expect(new Headers({ "Content-Disposition": value }).get("Content-Disposition")).toBe(
          value,
        );
        expect(name.length).toBeLessThanOrEqual(120);
      }),
      { numRuns: 5000 },
    );
  });
});
