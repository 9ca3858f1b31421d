import { request } from "undici";
import type { Simulator } from "#simulator/server.ts";
import { HEADERS } from "./simulator.ts";

export const ACME = "106540352242922";
export const CUSTOMER = "15550100142";

export interface GraphBody {
  id?: string;
  success?: boolean;
  messages?: { id: string; group_id?: string }[];
  contacts?: { input: string; wa_id?: string; user_id?: string }[];
  error?: {
    message: string;
    type: string;
    code: number;
    error_subcode?: number;
    error_data?: { details: string };
  };
}

export interface GraphAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: GraphBody;
}

/** Posts a message of the business as our app does. @param fields laid over a text's */
export async function post(
  simulator: Simulator,
  fields: object = {},
  to: { phoneNumberId?: string; headers?: Record<string, string> } = {},
): Promise<GraphAnswer> {
  const message = {
    messaging_product: "whatsapp",
    recipient_type: "individual",
    to: `+${CUSTOMER}`,
    type: "text",
    text: { body: "Hello" },
    ...fields,
  };
  return read(
    await request(`${simulator.url}/v23.0/${to.phoneNumberId ?? ACME}/messages`, {
      method: "POST",
      headers: { "content-type": "application/json", ...(to.headers ?? HEADERS) },
      body: JSON.stringify(message),
    }),
  );
}

export interface UploadOptions {
  mimeType?: string;
  filename?: string;
  product?: string;
  phoneNumberId?: string;
}

/** Uploads a file of the business's as our app does. */
export async function upload(
  simulator: Simulator,
  bytes: Uint8Array,
  { mimeType = "image/png", filename = "a.png", product, phoneNumberId }: UploadOptions = {},
): Promise<GraphAnswer> {
  const form = new FormData();
  form.set("messaging_product", product ?? "whatsapp");
  form.set("type", mimeType);
  form.set("file", new File([new Uint8Array(bytes)], filename, { type: mimeType }));
  const url = `${simulator.url}/v23.0/${phoneNumberId ?? ACME}/media`;
  const response = await fetch(url, { method: "POST", headers: HEADERS, body: form });
  const headers = Object.fromEntries(response.headers);
  return { status: response.status, headers, body: (await response.json()) as GraphBody };
}

/** The statuses that a webhook was told, in their order. */
export function statusesIn(received: readonly { raw: Buffer }[]): Record<string, unknown>[] {
  return received.flatMap(({ raw }) => {
    const [change] = JSON.parse(raw.toString("utf8")).entry[0].changes;
    return change.value.statuses ?? [];
  });
}

async function read(response: Awaited<ReturnType<typeof request>>): Promise<GraphAnswer> {
  const { statusCode: status, headers } = response;
  return { status, headers, body: (await response.body.json()) as GraphBody };
}
