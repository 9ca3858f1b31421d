import { LINK_DAYS, linkAddress } from "#app/auth/invitation-link.server.ts";
import type { OpenDatabase } from "#db/open.server.ts";

/** What a command works with. */
export interface Surroundings {
  database: Pick<OpenDatabase, "forCompany" | "forDuty">;
  /** Of the links that are printed, as browsers see it. */
  origin: string;
}

/** What was given for each option, in order: one that may come once has one. */
export type Options = ReadonlyMap<string, string[]>;

export interface Command {
  required: string[];
  /** Each may be left out; "number" may also come several times. */
  optional?: string[];
  /**
   * @returns the lines to print
   * @throws {RefusedChangeError}
   */
  run(surroundings: Surroundings, options: Options): Promise<string[]>;
}

/** The last that was given for an option. */
export function optionOf(options: Options, name: string): string | undefined {
  return options.get(name)?.at(-1);
}

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
