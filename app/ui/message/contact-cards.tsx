import type { ContactCard } from "#app/models/messages/details/contact-cards.ts";
import { mailtoHref, telHref } from "./links.ts";
import { LinkOrText, OutsideLink } from "./outside-link.tsx";

export function ContactCards({ cards }: { cards: ContactCard[] }) {
  return (
    <ul className="flex flex-col gap-3">
      {cards.map((card, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the cards of a message never change places
        <li key={index} className="flex gap-2">
          <span className="icon icon-contact mt-1" aria-hidden="true" />
          <Card card={card} />
        </li>
      ))}
    </ul>
  );
}

function Card({ card }: { card: ContactCard }) {
  return (
    <div className="min-w-0 wrap-anywhere">
      <p dir="auto" className="strong">
        {card.name ?? "Contact without a name"}
      </p>
      {card.organisation && <p dir="auto">{card.organisation}</p>}
      {unique(card.phones).map((phone) => (
        <p key={phone}>
          <LinkOrText href={telHref(phone)} text={phone} />
        </p>
      ))}
      {unique(card.emails).map((email) => (
        <p key={email}>
          <LinkOrText href={mailtoHref(email)} text={email} />
        </p>
      ))}
      {unique(card.addresses).map((address) => (
        <p key={address} dir="auto">
          {address}
        </p>
      ))}
      {unique(card.urls).map((url) => (
        <p key={url}>
          <OutsideLink url={url} />
        </p>
      ))}
      {card.birthday && (
        <p>
          Birthday: <bdi>{card.birthday}</bdi>
        </p>
      )}
    </div>
  );
}

function unique(values: string[]): string[] {
  return [...new Set(values)];
}
