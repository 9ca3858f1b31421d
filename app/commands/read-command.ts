import { parseArgs } from "node:util";
import { RefusedChangeError } from "#app/models/refused-change.ts";
import type { Command, Options, Surroundings } from "./command.ts";
import { companyCommands } from "./company-commands.ts";
import { memberCommands } from "./member-commands.ts";
import { numberCommands } from "./number-commands.ts";
import { personCommands } from "./person-commands.ts";

const COMMANDS = new Map<string, Command>(
  Object.entries({ ...companyCommands, ...numberCommands, ...personCommands, ...memberCommands }),
);

/**
 * Reads `npm run admin -- …`.
 *
 * @param argv what follows the two dashes
 * @returns does it, and gives the lines to print
 * @throws {RefusedChangeError} what is wrong or missing, and how it is used
 */
export function readCommand(argv: string[]): (surroundings: Surroundings) => Promise<string[]> {
  const name = argv.slice(0, 2).join(" ");
  const command = COMMANDS.get(name);
  if (!command) throw new RefusedChangeError(usage());
  const options = readOptions(name, command, argv.slice(2));
  return (surroundings) => command.run(surroundings, options);
}

function readOptions(name: string, command: Command, args: string[]): Options {
  const known = [...command.required, ...(command.optional ?? [])];
  const asked = known.map((option) => [option, { type: "string", multiple: true }] as const);
  try {
    const { values } = parseArgs({ args, options: Object.fromEntries(asked) });
    const missing = command.required.filter((option) => values[option] === undefined);
    if (missing.length > 0) {
      throw new Error(`Say also ${missing.map((option) => `--${option}`).join(" and ")}.`);
    }
    return new Map(Object.entries(values as Record<string, string[]>));
  } catch (error) {
    throw new RefusedChangeError(`${(error as Error).message}\n\n  ${usageOf(name, command)}`);
  }
}

function usage(): string {
  return `Changes companies, their numbers and their people, from the server's shell:

${[...COMMANDS].map(([name, command]) => `  ${usageOf(name, command)}`).join("\n")}

A company is called by its name or id, a person by their e-mail address, a number by its phone
number ID; --number may come several times. --role is agent or admin, --retention "7 days" or
"1 hour". Passwords are chosen by the links that are printed, never here.`;
}

function usageOf(name: string, { required, optional = [] }: Command): string {
  const words = [
    ...required.map((option) => `--${option} …`),
    ...optional.map((option) => `[--${option} …]`),
  ];
  return [`npm run admin -- ${name}`, ...words].join(" ");
}
