import mime from "mime";
import type { Format } from "./formats.ts";

/** What is a ZIP inside, and often can't be told from other ZIPs by its beginning. */
const ZIPPED =
  "docx docm dotx xlsx xlsm xltx xlsb pptx pptm ppsx potx odt ott ods odp odg epub apk pages numbers key kmz pkpass usdz 3mf vsdx xps cbz zipx";
/** Folders that only one kind of Office document has (ECMA-376). */
const OFFICE: [string, string][] = [
  ["word/", "docx"],
  ["xl/", "xlsx"],
  ["ppt/", "pptx"],
];

/**
 * What a ZIP file holds, as far as the entries at its beginning tell.
 *
 * @param head one character a byte
 */
export function zipFormat(head: string): Format {
  const or = ZIPPED.split(" ");
  // OpenDocument and EPUB begin with an entry that is their type, as it stands.
  const declared = /^.{30}mimetype([a-z0-9.+/-]{5,80})/s.exec(head)?.[1]?.replace(/PK$/, "");
  const named = declared && mime.getExtension(declared);
  if (named && or.includes(named)) return { extension: named };
  const office = OFFICE.find(([folder]) => head.includes(folder))?.[1];
  if (!office) return { extension: "zip", or };
  return { extension: office, or: or.filter((one) => one.slice(0, 2) === office.slice(0, 2)) };
}
