import type { MediaKind } from "#simulator/samples/index.ts";

/** A file to try, and how it is made. */
export interface CorpusFile {
  /** What the table calls it. */
  format: string;
  /** What it is called on the customer's phone. Entries of one name share one file. */
  name: string;
  kind: MediaKind;
  /** As WhatsApp gives it. */
  mimeType: string;
  /** For a shell in a folder with the files before it; it leaves `name` there. */
  command: string;
  /** Of a document: whether WhatsApp tells its name. */
  named?: boolean;
}

/** A row of the corpus: format, name, MIME type, command. */
export type Row = readonly [format: string, name: string, mimeType: string, command: string];

export function filesOf(kind: MediaKind, rows: readonly Row[]): CorpusFile[] {
  return rows.map(([format, name, mimeType, command]) => ({
    ...{ format, name, kind, mimeType, command },
  }));
}

const FFMPEG = "ffmpeg -v error -nostdin -y";

/** A command of ffmpeg, whose inputs may be PICTURE, FILM and TONE. */
export function ffmpeg(words: string): string {
  return `${FFMPEG} ${words}`
    .replace("PICTURE", "-f lavfi -i testsrc2=s=640x480 -frames:v 1")
    .replace("FILM", "-f lavfi -i testsrc2=s=320x240:r=25:d=4")
    .replace("TONE", "-f lavfi -i sine=440:r=48000:d=4");
}
