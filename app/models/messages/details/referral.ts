import { z } from "zod";
import { line, webUrl } from "./fields.ts";

/**
 * The advertisement or post that the customer came from, or the product that they ask about (Meta:
 * Webhooks, "referral" and "referred_product").
 */
export interface Referral {
  source: "ad" | "post" | null;
  headline: string | null;
  body: string | null;
  url: string | null;
  /** What the catalogue calls it. */
  product: string | null;
}

const written = z.object({
  source_type: z.enum(["ad", "post"]).nullable().catch(null),
  headline: line(200),
  body: line(500),
  source_url: webUrl,
  referred_product: z
    .object({ product_retailer_id: line(200) })
    .transform((product) => product.product_retailer_id)
    .nullable()
    .catch(null),
});

/** @returns null when there is none, or it says nothing */
export function readReferral(value: unknown): Referral | null {
  const read = written.safeParse(value);
  if (!read.success) return null;
  const { source_type: source, source_url: url, referred_product: product, ...words } = read.data;
  const referral = { source, ...words, url, product };
  return Object.values(referral).some((value) => value !== null) ? referral : null;
}
