import { z } from "zod";
import { decimal, line, webUrl } from "./fields.ts";

/** A place (Meta: Webhooks, "location messages"). */
export interface LocationDetails {
  kind: "location";
  /** Degrees, north and east positive. */
  point: { latitude: number; longitude: number } | null;
  name: string | null;
  address: string | null;
  url: string | null;
}

const location = z.object({
  latitude: decimal,
  longitude: decimal,
  name: line(200),
  address: line(500),
  url: webUrl,
});

/** @returns null when it says nothing of any place */
export function readLocation(payload: unknown): LocationDetails | null {
  const read = location.safeParse(payload);
  if (!read.success) return null;
  const { latitude, longitude, ...words } = read.data;
  const isPoint =
    latitude !== null &&
    longitude !== null &&
    Math.abs(latitude) <= 90 &&
    Math.abs(longitude) <= 180;
  const point = isPoint ? { latitude, longitude } : null;
  if (!point && !words.name && !words.address && !words.url) return null;
  return { kind: "location", point, ...words };
}
