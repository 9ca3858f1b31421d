import type { Visit } from "./visit.ts";

/** What was found wrong: one line for all people to whom the same happened. */
export class Findings {
  readonly #people = new Map<string, string[]>();

  add({ path, person, way }: Visit, problems: string[]): void {
    for (const problem of problems) {
      const form = way.form ? ` with ${way.form.body.match(/^[^&\r]*/)}` : "";
      const line = `${path}: ${way.method} ${way.path}${form}: ${problem}`;
      this.#people.set(line, [...(this.#people.get(line) ?? []), person.name]);
    }
  }

  list(): string[] {
    return [...this.#people].map(([line, people]) => `${line} (${people.join(", ")})`);
  }
}
