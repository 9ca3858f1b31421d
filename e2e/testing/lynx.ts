import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

const TIMEOUT_MS = 60_000;
const WIDTH = 200;
const MAX_OUTPUT_BYTES = 16 * 1024 * 1024;
/** What the list of references says of each line of a text area. */
const TEXT_AREA_LINE = "form field = text entry area";

/** In the place of a field's words: the page's first text area. */
export const TEXT_AREA = Symbol("the first text area");

/** A page as lynx shows it: each link and form field has its number in brackets before it. */
export interface TextPage {
  text: string;
  /** Addresses of links, kinds of fields; number 1 stands at index 0. */
  references: string[];
}

/** @returns where the text browser lynx is, if it is on this machine */
export function findLynx(): string | undefined {
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  return folders.map((folder) => path.join(folder, "lynx")).find((file) => existsSync(file));
}

/** lynx with a folder for its cookies, which it keeps from one call to the next. */
export class Lynx {
  readonly #program: string;
  readonly #folder: string;

  constructor(program: string, folder: string) {
    this.#program = program;
    this.#folder = folder;
  }

  async read(url: string): Promise<TextPage> {
    const { stdout } = await this.#run(["-dump", `-width=${WIDTH}`, url]);
    const [text = "", references = ""] = stdout.toString("utf8").split(/^References$/m);
    const lines = references.matchAll(/^ +\d+\. (.*)$/gm);
    return { text, references: Array.from(lines, ([, line = ""]) => line) };
  }

  /** The bytes behind an address. */
  async download(url: string): Promise<Buffer> {
    return (await this.#run(["-source", url])).stdout;
  }

  /**
   * Fills a form in at the keyboard and sends it.
   *
   * @param fields what to type, by the words before the field
   * @param button its words
   * @returns what lynx shows then
   */
  async submit(
    url: string,
    fields: readonly (readonly [label: string | typeof TEXT_AREA, text: string])[],
    button: string,
  ): Promise<string> {
    const page = await this.read(url);
    const shown = path.join(this.#folder, "shown.txt");
    const script = path.join(this.#folder, "keys.txt");
    const strokes: string[] = [];
    const goTo = (number: number) => strokes.push(...`${number}g`, "^J");
    for (const [label, text] of fields) {
      goTo(label === TEXT_AREA ? numberOfTextArea(page) : numberAfter(page, label));
      strokes.push("^J", ...text, "<tab>");
    }
    goTo(numberOfButton(page, button));
    // Sends it, prints the answer to a file, quits.
    strokes.push("^J", "p", "^J", "^U", ...shown, "^J", "q", "y");
    await writeFile(
      script,
      strokes.map((key) => `key ${key === " " ? "<space>" : key}\n`).join(""),
    );
    // Else lynx asks whether to write over it.
    await rm(shown, { force: true });
    // With -tna a field takes keys only after Enter: a page that opens in a field would else take
    // those that are for lynx itself.
    await this.#run(["-tna", `-width=${WIDTH}`, `-cmd_script=${script}`, url]);
    return readFile(shown, "utf8");
  }

  async #run(args: string[]): Promise<{ stdout: Buffer }> {
    const jar = path.join(this.#folder, "cookies");
    const config = path.join(this.#folder, "lynx.cfg");
    const settings = [
      "PERSISTENT_COOKIES:TRUE",
      "ACCEPT_ALL_COOKIES:TRUE",
      `COOKIE_FILE:${jar}`,
      `COOKIE_SAVE_FILE:${jar}`,
      "CHARACTER_SET:utf-8",
      ...["ALERTSECS:0", "INFOSECS:0", "MESSAGESECS:0"],
      // On the screen too, where a number and "g" lead to the link or field.
      "DEFAULT_KEYPAD_MODE:LINKS_AND_FIELDS_ARE_NUMBERED",
    ];
    await writeFile(config, settings.join("\n"));
    const env = { PATH: process.env.PATH, HOME: this.#folder, TERM: "vt100", LC_ALL: "C.UTF-8" };
    const options = { env: { NODE_ENV: "test", ...env }, timeout: TIMEOUT_MS } as const;
    const limits = { maxBuffer: MAX_OUTPUT_BYTES, encoding: "buffer" } as const;
    return run(this.#program, [`-cfg=${config}`, ...args], { ...options, ...limits });
  }
}

/** The address of the link that begins with these words. */
export function linkTo({ text, references }: TextPage, words: string): string {
  const found = new RegExp(`\\[(\\d+)\\]${pattern(words)}`).exec(text)?.[1];
  const address = references[Number(found) - 1];
  if (!address) throw new Error(`There is no link "${words}" in:\n${text}`);
  return address;
}

function numberAfter({ text }: TextPage, label: string): number {
  const found = new RegExp(`${pattern(label)}\\s*\\[(\\d+)\\]`).exec(text)?.[1];
  if (!found) throw new Error(`There is no field "${label}" in:\n${text}`);
  return Number(found);
}

function numberOfTextArea({ text, references }: TextPage): number {
  const index = references.indexOf(TEXT_AREA_LINE);
  if (index < 0) throw new Error(`There is no text area in:\n${text}`);
  return index + 1;
}

/** Shown as `([3]BUTTON) Sign in`. */
function numberOfButton({ text }: TextPage, words: string): number {
  const found = new RegExp(`\\(\\[(\\d+)\\][^)]*\\)\\s*${pattern(words)}`).exec(text)?.[1];
  if (!found) throw new Error(`There is no button "${words}" in:\n${text}`);
  return Number(found);
}

function pattern(words: string): string {
  return words.replace(/[.*+?^${}()|[\]\\]/g, "\\$&").replaceAll(" ", "\\s+");
}
