import { z } from "zod";
import { decimal, line, list } from "./fields.ts";

/** A basket of a catalogue's products (Meta: Webhooks, "order messages"). */
export interface OrderDetails {
  kind: "order";
  text: string | null;
  items: OrderItem[];
  /** Null where it can't be told: an item without a price, or several currencies. */
  total: Money | null;
}

export interface OrderItem {
  product: string | null;
  quantity: number | null;
  /** Of one piece. Words where it isn't an amount of a known form. */
  price: Money | string | null;
}

export interface Money {
  amount: number;
  /** ISO 4217. */
  currency: string;
}

const MAX_ITEMS = 200;

const item = z
  .object({
    product_retailer_id: line(200),
    quantity: decimal,
    item_price: z.unknown().optional(),
    currency: line(10),
  })
  .transform(({ product_retailer_id: product, quantity, item_price, currency }): OrderItem => {
    const isPositive = quantity !== null && quantity > 0;
    return {
      product,
      quantity: isPositive ? quantity : null,
      price: priceOf(item_price, currency),
    };
  });

const order = z.object({ text: line(4_096), product_items: list(item, MAX_ITEMS) });

/** @returns null when nothing is ordered */
export function readOrder(payload: unknown): OrderDetails | null {
  const read = order.safeParse(payload);
  if (!read.success || read.data.product_items.length === 0) return null;
  const { text, product_items: items } = read.data;
  return { kind: "order", text, items, total: totalOf(items) };
}

function priceOf(written: unknown, currency: string | null): OrderItem["price"] {
  const amount = decimal.parse(written);
  const code = currency?.toUpperCase() ?? "";
  if (amount !== null && amount >= 0 && /^[A-Z]{3}$/.test(code)) return { amount, currency: code };
  const words = amount ?? line(50).parse(written);
  return words === null ? null : [words, currency ?? ""].join(" ").trim();
}

function totalOf(items: OrderItem[]): Money | null {
  let total: Money | null = null;
  for (const { quantity, price } of items) {
    if (quantity === null || price === null || typeof price === "string") return null;
    total ??= { amount: 0, currency: price.currency };
    if (price.currency !== total.currency) return null;
    total.amount += quantity * price.amount;
  }
  return total;
}
