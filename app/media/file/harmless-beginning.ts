// biome-ignore-all lint/suspicious/noControlCharactersInRegex: a file's beginning has bytes of every value
import { type Format, formatOf } from "./formats.ts";

/** Of a web page, an SVG or another XML, wherever it stands. */
const MARKUP =
  /<(?:!doctype|!--|!\[cdata|\?xml|\?php|(?:html|head|body|script|svg|math|iframe|frameset|style|title|meta|link|base|object|embed|applet|form|img|table|video|audio|plaintext|xmp)\b)/i;

/** What a reader may skip before the file proper: padding, space, marks of an encoding. */
const SKIPPED = /^(?:[\0\s]|\xef\xbb\xbf|\xfe\xff|\xff\xfe)+/;

/**
 * Whether a file that begins like nothing known can't be taken for anything that acts: no markup,
 * script, document, archive or program, not even behind padding, and no text at all. An MP3 behind
 * zeros, junk or an APEv2 tag is so.
 *
 * @param head the file's first bytes, a kilobyte or all there are
 */
export function isHarmless(head: Uint8Array): boolean {
  if (head.length === 0 || formatOf(head)) return false;
  const proper = Buffer.from(head).toString("latin1").replace(SKIPPED, "");
  const format = formatOf(Buffer.from(proper, "latin1"));
  if (format && !isPlayed(format)) return false;
  // Without zeros, the letters of UTF-16 and UTF-32 are those of ASCII.
  const letters = proper.replaceAll("\0", "");
  const beginsLikeText = /^[\t\n\f\r\x1b\x20-\x7e]{1,16}$/.test(letters.slice(0, 16));
  return !letters.startsWith("<") && !MARKUP.test(letters) && !beginsLikeText;
}

function isPlayed({ shown }: Format): boolean {
  return shown !== undefined && !shown.startsWith("image/");
}
