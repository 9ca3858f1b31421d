import { LINK_DAYS, linkAddress } from "#app/auth/invitation-link.server.ts";

/** A new link, as a command prints it. */
export function linkLines(
  origin: string,
  companyId: number,
  person: string,
  token: string,
): string[] {
  return [
    `${person} chooses a password here, once, within ${LINK_DAYS} days:`,
    linkAddress(origin, companyId, token),
  ];
}
