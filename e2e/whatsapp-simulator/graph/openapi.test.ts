import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { lookUp, simulatorForTest } from "../testing/simulator.ts";

const DOCUMENT =
  process.env.WHATSAPP_OPENAPI ??
  join(
    import.meta.dirname,
    "../../../../shared/whatsapp/openapi/business-messaging-api_v23.0.yaml",
  );
/** The document says string, recorded answers have a number. */
const ON_THE_WIRE: Record<string, string> = { file_size: "number" };

interface Schema {
  properties: Record<string, { type: string }>;
  required?: string[];
}

it.runIf(existsSync(DOCUMENT))("answers look-ups as Meta's OpenAPI document says", async () => {
  const { paths } = parse(readFileSync(DOCUMENT, "utf8"));
  const { responses } = paths["/{Version}/{Media-ID}"].get;
  const schema: Schema = responses["200"].content["application/json"].schema;
  const simulator = await simulatorForTest();
  const { id } = await simulator.media.add({ syntheticBytes: 10, mimeType: "image/png" });
  const body: Record<string, unknown> = { ...(await lookUp(simulator, id)) };
  const types = Object.entries(body).map(([name, value]) => [name, typeof value]);
  const documented = Object.entries(schema.properties).map(([name, { type }]) => [
    name,
    ON_THE_WIRE[name] ?? type,
  ]);
  expect(Object.fromEntries(types)).toEqual(Object.fromEntries(documented));
  expect(Object.keys(body)).toEqual(expect.arrayContaining(schema.required ?? []));
});
