import type { LocationDetails } from "#app/models/messages/details/location.ts";
import { coordinates, geoHref } from "./links.ts";
import { LinkOrText, OutsideLink } from "./outside-link.tsx";

/** A place in words and links: a map would tell its maker where the customer is. */
export function Location({ location }: { location: LocationDetails }) {
  const { name, address, point, url } = location;
  return (
    <div className="flex gap-2">
      <span className="icon icon-location mt-1" aria-hidden="true" />
      <div className="min-w-0 wrap-anywhere">
        <p dir="auto" className="strong">
          {name ?? "Location"}
        </p>
        {address && <p dir="auto">{address}</p>}
        {point && (
          <p>
            <LinkOrText href={geoHref(point)} text={coordinates(point)} />
          </p>
        )}
        {url && (
          <p>
            <OutsideLink url={url} />
          </p>
        )}
      </div>
    </div>
  );
}
