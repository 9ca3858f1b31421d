import type { OrderDetails, OrderItem } from "#app/models/messages/details/order.ts";
import { moneyWords } from "./money.ts";

export function Order({ order }: { order: OrderDetails }) {
  return (
    <div className="flex flex-col gap-1 wrap-anywhere">
      <p className="flex items-center gap-2 strong">
        <span className="icon icon-order" aria-hidden="true" />
        Order
      </p>
      <ul>
        {order.items.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the items of an order never change places
          <Item key={index} item={item} />
        ))}
      </ul>
      {order.total && (
        <p className="flex justify-between gap-4 [border-top:1px_solid] pt-1 strong">
          <span>Total</span> <span className="shrink-0">{moneyWords(order.total)}</span>
        </p>
      )}
      {order.text && (
        <p dir="auto" className="whitespace-pre-wrap">
          {order.text}
        </p>
      )}
    </div>
  );
}

function Item({ item: { quantity, product, price } }: { item: OrderItem }) {
  return (
    <li className="flex justify-between gap-4">
      <span>
        {quantity ?? "?"} × <bdi>{product ?? "unnamed product"}</bdi>
      </span>{" "}
      {price !== null && <Price price={price} each={quantity !== 1} />}
    </li>
  );
}

function Price({ price, each }: { price: NonNullable<OrderItem["price"]>; each: boolean }) {
  if (typeof price === "string") return <bdi className="text-right">{price}</bdi>;
  return (
    <span className="shrink-0">
      {moneyWords(price)}
      {each && " each"}
    </span>
  );
}
