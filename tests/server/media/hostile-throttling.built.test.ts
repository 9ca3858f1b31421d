import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import type { DownloadFaultInput } from "#simulator/faults/download.ts";
import type { LookupFaultInput } from "#simulator/faults/lookup.ts";
import { expectFailure, expectFile, hostileWhatsapp } from "./testing/hostile.ts";
import { withMoreNumbers } from "./testing/more-numbers.ts";

type Throttle = Extract<LookupFaultInput | DownloadFaultInput, { kind: "throttle" }>;

/** Each test throttles one of its own, so that none finds another's number left alone. */
const numbers = Array.from({ length: 60 }, (_, index) => String(106540352260000 + index));
const unused = [...numbers];
const whatsapp = hostileWhatsapp(() => withMoreNumbers(numbers));

function newNumber(): string {
  const number = unused.pop();
  if (!number) throw new Error("More tests need more numbers.");
  return number;
}

const tapOn = (to: string, ...faults: Throttle[]) => whatsapp.tap({ faults, message: { to } });
const waitOf = async (fault: Throttle) => {
  const { headers } = expectFailure(await tapOn(newNumber(), fault), 503, "throttled");
  return Number(headers["retry-after"]);
};

describe("a number that WhatsApp throttles", () => {
  const codes = [4, 613, 80007, 130429] as const;
  const statuses = [400, 429] as const;

  it.each(codes.flatMap((code) => statuses.map((status) => [code, status] as const)))(
    "F31 with code %i and status %i is a 503 that says when to come back",
    async (code, status) => {
      const fault = {
        on: "lookup",
        kind: "throttle",
        code,
        status,
        retryAfterSeconds: 77,
      } as const;
      const seconds = await waitOf(fault);
      if (status === 429) expect(seconds).toBe(77);
      expect(seconds).toBeGreaterThan(0);
      expect(seconds).toBeLessThan(100);
    },
  );

  it("F31 in the header about its business's usage is told those minutes", async () => {
    const options = { status: 400, regainMinutes: 4 } as const;
    expect(await waitOf({ on: "lookup", kind: "throttle", ...options })).toBe(240);
  });

  it.each(["lookup", "download"] as const)(
    "F31 at the %s for a day, a while, or without words is left alone for a reasonable time",
    async (on) => {
      const kind = "throttle";
      expect(await waitOf({ on, kind, retryAfterSeconds: 86_400 })).toBe(900);
      expect(await waitOf({ on, kind, retryAfterSeconds: 33 })).toBe(33);
      for (const retryAfter of ["", "soon", "-5", "Wed, 21 Oct 2026 07:28:00 GMT"]) {
        const seconds = await waitOf({ on, kind, retryAfter });
        expect(seconds).toBeGreaterThan(0);
        expect(seconds).toBeLessThan(60);
      }
    },
  );

  it.each(["lookup", "download"] as const)(
    "F31 at the %s is not asked again meanwhile, while other numbers are",
    async (on) => {
      const number = newNumber();
      const fault = { on, kind: "throttle", retryAfterSeconds: 60 } as const;
      expectFailure(await tapOn(number, fault), 503, "throttled");
      const next = await tapOn(number);
      const { headers } = expectFailure(next, 503, "throttled");
      expect(Number(headers["retry-after"])).toBeGreaterThan(50);
      expect(whatsapp.asked(next, on)).toEqual([]);
      expectFile(await tapOn(newNumber()));
    },
  );

  it("F31 at its downloads can still be asked what it has", async () => {
    const number = newNumber();
    await tapOn(number, { on: "download", kind: "throttle" });
    const tap = await whatsapp.tap({ message: { to: number }, client: { method: "HEAD" } });
    expect(tap.answer).toMatchObject({ status: 200, headers: { "content-length": "100000" } });
  });

  it.each(["lookup", "download"] as const)(
    "F31 at the %s is asked again when the pause is over",
    async (on) => {
      const number = newNumber();
      const fault = { on, kind: "throttle", retryAfterSeconds: 1, times: 1 } as const;
      const tap = await tapOn(number, fault);
      expectFailure(tap, 503, "throttled");
      await sleep(1_100);
      expectFile(await whatsapp.tapAgain(tap));
    },
  );
});
