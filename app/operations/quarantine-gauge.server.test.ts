import { expect, it } from "vitest";
import { registry } from "#app/process/metrics.server.ts";
import type { Db } from "#db/open.server.ts";
import { measureQuarantine } from "./quarantine-gauge.server.ts";

it("does not wait for a database that hangs, asks it once, and says so in the log", async () => {
  let asked = 0;
  const hanging = {
    select: () => {
      asked += 1;
      const query = {
        from: () => query,
        groupBy: () => query,
        orderBy: () => new Promise(() => {}),
      };
      return query;
    },
  } as unknown as Db;
  const lines: object[] = [];
  const log = { warn: (line: object) => void lines.push(line) };
  await measureQuarantine(hanging, log, 10);
  await measureQuarantine(hanging, log, 10);
  expect(asked).toBe(1);
  expect(lines).toEqual(
    Array(2).fill({
      event: "metrics.incomplete",
      missing: "webhook_quarantined_rows",
      why: "late",
    }),
  );
  expect(await registry.metrics()).not.toContain("tapview_webhook_quarantined_rows{");
});
