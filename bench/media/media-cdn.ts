import { until } from "#bench/tools/until.ts";
import { freePort } from "#tests/support/app/free-port.ts";
import { startNode } from "#tests/support/app/program.ts";

export const ACCESS_TOKEN = "test-access-token";
/** A seeded number that agent@acme.test may see. */
const ACME_SUPPORT = "106540352242922";

/** The simulated WhatsApp as a process of its own. */
export interface Cdn {
  url: string;
  host: string;
  /** Calls to its control API. @throws when it refuses */
  control<Answer>(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Sends a document of this size to the number of agent@acme.test. @returns its media id */
  send(bytes: number): Promise<string>;
  /** The requests so far. */
  counts(): Promise<{ lookup: number; download: number }>;
  /** Path and query of a new download URL, which works for five minutes. */
  lookUp(mediaId: string): Promise<string>;
  stop(): Promise<unknown>;
}

/** Starts a simulated WhatsApp and waits until it answers. */
export async function startCdn(): Promise<Cdn> {
  const host = `127.0.0.1:${await freePort()}`;
  const url = `http://${host}`;
  const program = startNode(["--import", "tsx", "simulator/main.ts"], {
    SIMULATOR_PORT: host.split(":")[1] ?? "",
    WHATSAPP_ACCESS_TOKEN: ACCESS_TOKEN,
    WHATSAPP_APP_SECRET: "test-app-secret",
  });
  await until(program, async () => (await fetch(`${url}/_simulator/health`)).ok);
  const control: Cdn["control"] = async (method, path, body) => {
    const answer = await fetch(`${url}/_simulator/${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  return {
    url,
    host,
    control,
    send: async (bytes) => {
      const message = { kind: "document", to: ACME_SUPPORT, syntheticBytes: bytes };
      const sent = await control<{ mediaId: string; status: number }>("POST", "send", message);
      if (sent.status !== 200) throw new Error(`The webhook was answered with ${sent.status}.`);
      return sent.mediaId;
    },
    counts: () => control("GET", "requests/counts"),
    lookUp: async (mediaId) => {
      const headers = { Authorization: `Bearer ${ACCESS_TOKEN}`, "User-Agent": "bench/1.0" };
      const answer = await fetch(`${url}/v25.0/${mediaId}`, { headers });
      const found = new URL(((await answer.json()) as { url: string }).url);
      return found.pathname + found.search;
    },
    stop: () => program.stop(0),
  };
}
