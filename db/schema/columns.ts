import { bigint, customType, timestamp } from "drizzle-orm/pg-core";

export const id = () => bigint({ mode: "number" }).generatedAlwaysAsIdentity();
export const ref = () => bigint({ mode: "number" });
export const at = () => timestamp({ withTimezone: true });
export const bytes = customType<{ data: Uint8Array }>({ dataType: () => "bytea" });
