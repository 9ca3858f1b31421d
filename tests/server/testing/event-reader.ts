/** A reader of /events, as a browser is one, but for its reconnecting. */
export interface EventReader {
  response: Response;
  /** The events so far, as "name data". */
  events: string[];
  /** All that came so far, comments too. */
  text(): string;
  /** Resolves when the server ends the stream, or cuts it. */
  ended: Promise<void>;
  close(): void;
}

/** @param options.cookie of a signed-in person; left out, of nobody */
export async function readEvents(
  url: string,
  { cookie, headers = {} }: { cookie?: string; headers?: Record<string, string> } = {},
): Promise<EventReader> {
  const leaving = new AbortController();
  const response = await fetch(`${url}/events`, {
    headers: { ...headers, ...(cookie && { Cookie: cookie }), "Accept-Encoding": "gzip" },
    signal: leaving.signal,
  });
  const events: string[] = [];
  let text = "";
  const read = async () => {
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk, { stream: true });
      events.splice(0, events.length, ...eventsIn(text));
    }
  };
  return {
    response,
    events,
    text: () => text,
    ended: read().catch(() => {}),
    close: () => leaving.abort(),
  };
}

function eventsIn(text: string): string[] {
  const blocks = text.split("\n\n").slice(0, -1);
  return blocks.flatMap((block) => {
    const [, name] = /^event: (.*)$/m.exec(block) ?? [];
    const [, data] = /^data: (.*)$/m.exec(block) ?? [];
    return name ? [`${name} ${data}`] : [];
  });
}
