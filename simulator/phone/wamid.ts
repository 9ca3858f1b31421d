const RANDOM_HEX_DIGITS = 20;

/** A message id built as Meta's are: base64 of the sender's number and a random part. */
export function newWamid(from: string, random: () => number): string {
  const digit = () => Math.floor(random() * 16).toString(16);
  const unique = Array.from({ length: RANDOM_HEX_DIGITS }, digit).join("").toUpperCase();
  const bytes = Buffer.concat([
    Buffer.from([0x1c, 0x18, from.length & 0xff]),
    Buffer.from(from, "latin1"),
    Buffer.from([0x15, 0x02, 0x00, 0x12, 0x18, RANDOM_HEX_DIGITS]),
    Buffer.from(unique, "latin1"),
    Buffer.from([0x00]),
  ]);
  return `wamid.${bytes.toString("base64")}`;
}
