/**
 * Tells files apart at a glance: of a file without a hash, the end of its id differs too.
 *
 * @returns three hexadecimal digits; null where nothing tells it from others
 */
export function mediaTint(file: { sha256: string | null; mediaId: string | null }): string | null {
  const digits = file.sha256 ?? file.mediaId?.split("").reverse().join("") ?? "";
  const tint = digits.toLowerCase().replace(/[^0-9a-f]/g, "");
  return tint === "" ? null : tint.slice(0, 3).padEnd(3, "0");
}
