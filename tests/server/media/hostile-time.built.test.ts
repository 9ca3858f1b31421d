import { it } from "vitest";
import type { FaultInput } from "#simulator/faults/parse.ts";
import { expectFailure, expectFile, hostileWhatsapp } from "./testing/hostile.ts";

const whatsapp = hostileWhatsapp();

it("F33 F34 what never comes is a 504 at its deadline, and what stops coming is fetched from there on", async () => {
  const late: FaultInput[] = [
    { on: "lookup", kind: "never" },
    { on: "download", kind: "never" },
    { on: "download", kind: "slowHeaders", ms: 20_000 },
    { on: "download", kind: "stall", afterBytes: 0 },
  ];
  const stalled: FaultInput[] = [1, 50_000, 99_999].map((afterBytes) => ({
    ...{ on: "download", kind: "stall", afterBytes, times: 1 },
  }));
  // Of one person only four at once are waited for so long.
  const agent = await whatsapp.app().login("agent@acme.test");
  const [lateTaps, stalledTaps] = await Promise.all([
    Promise.all(late.map((fault) => whatsapp.tap({ faults: [fault] }))),
    Promise.all(stalled.map((fault) => whatsapp.tap({ faults: [fault], cookie: agent }))),
  ]);
  for (const tap of lateTaps) expectFailure(tap, 504, "timeout");
  for (const tap of stalledTaps) expectFile(tap);
});
