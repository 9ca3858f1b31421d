import { readFileSync } from "node:fs";
import { request } from "undici";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { post, upload } from "#simulator/testing/business.ts";
import { HEADERS, lookUp, simulatorForTest } from "#simulator/testing/simulator.ts";

/** Meta's business-messaging-api_v23.0.yaml, which isn't ours to give away (CONTRIBUTING.md). */
const DOCUMENT = process.env.WHATSAPP_OPENAPI ?? "";
/** The document says string, recorded answers have a number. */
const ON_THE_WIRE: Record<string, string> = { file_size: "number" };

interface Schema {
  $ref?: string;
  type?: string;
  properties?: Record<string, Schema>;
  items?: Schema;
  required?: string[];
}

it.runIf(DOCUMENT)("answers as the document that WHATSAPP_OPENAPI names says", async () => {
  const document = parse(readFileSync(DOCUMENT, "utf8"));
  const schemaOf = (path: string, method: string): Schema =>
    document.paths[path][method].responses["200"].content["application/json"].schema;
  const simulator = await simulatorForTest();

  const uploaded = await upload(simulator, Buffer.from("png"));
  expectAsIn(document, schemaOf("/{Version}/{Phone-Number-ID}/media", "post"), uploaded.body);
  const id = uploaded.body.id ?? "";
  const sent = await post(simulator, { type: "image", image: { id } });
  expectAsIn(document, schemaOf("/{Version}/{Phone-Number-ID}/messages", "post"), sent.body);
  const found = await lookUp(simulator, id);
  expectAsIn(document, schemaOf("/{Version}/{Media-ID}", "get"), found);
  const url = `${simulator.url}/v23.0/${id}`;
  const deleted = await request(url, { method: "DELETE", headers: HEADERS });
  expectAsIn(document, schemaOf("/{Version}/{Media-ID}", "delete"), await deleted.body.json());
});

/** Every value has the documented type, none is undocumented, and all that are required are there. */
function expectAsIn(
  document: { components: { schemas: Record<string, Schema> } },
  given: Schema,
  value: unknown,
  name = "",
): void {
  const named = given.$ref?.split("/").at(-1);
  const schema = named ? document.components.schemas[named] : given;
  if (!schema) throw new Error(`The document has no ${given.$ref}.`);
  const type = Array.isArray(value) ? "array" : typeof value;
  expect(type, name).toBe(ON_THE_WIRE[name] ?? schema.type);
  if (Array.isArray(value) && schema.items) {
    expect(value).not.toEqual([]);
    for (const one of value) expectAsIn(document, schema.items, one, name);
  }
  if (schema.properties) {
    expect(Object.keys(value as object)).toEqual(expect.arrayContaining(schema.required ?? []));
    for (const [key, one] of Object.entries(value as object)) {
      expectAsIn(document, schema.properties[key] ?? {}, one, key);
    }
  }
}
