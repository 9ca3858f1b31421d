/** Whether a browser shows a file, as far as that can be told without it. */
export type Showable = "yes" | "maybe" | "no";

/** WebKit plays and draws what its system can; the others bring decoders of their own. */
export function takesSystemDecoders(userAgent: string | null): boolean {
  return /AppleWebKit/.test(userAgent ?? "") && !/Chrom(e|ium)\//.test(userAgent ?? "");
}
