import type { App } from "#e2e/app.ts";

export interface Answer {
  /** The request's line, for a failing test. */
  what: string;
  sent: Record<string, string>;
  status: number;
  /** A line each, names in lower case. */
  headers: string;
  body: string;
}

/** Asks an app, and keeps all that it answers. */
export function createRecorder(url: string, origin: string) {
  const answers: Answer[] = [];

  async function ask(path: string, init: RequestInit & { headers: Record<string, string> }) {
    const response = await fetch(url + path, { ...init, redirect: "manual" });
    const answer = {
      what: `${init.method ?? "GET"} ${path} ${response.status}`,
      sent: init.headers,
      status: response.status,
      headers: [...response.headers].map(([name, value]) => `${name}: ${value}`).join("\n"),
      body: await response.text(),
    };
    answers.push(answer);
    return answer;
  }

  return {
    answers,
    get: (path: string, headers: Record<string, string> = {}) => ask(path, { headers }),
    /** A form's fields, or a body of its own type. */
    post: (
      path: string,
      body: Record<string, string> | string,
      headers: Record<string, string> = {},
    ) =>
      ask(path, {
        method: "POST",
        headers: { Origin: origin, ...headers },
        body: typeof body === "string" ? body : new URLSearchParams(body),
      }),
    /** Signed as Meta does it. */
    webhook: async ({ simulator }: App, raw: string) => {
      const { status, body } = await simulator.postWebhook(raw, { retry: false });
      answers.push({
        what: `webhook ${raw.slice(0, 80)}`,
        sent: {},
        status: status ?? 0,
        headers: "",
        body,
      });
    },
  };
}
