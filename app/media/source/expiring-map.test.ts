import { describe, expect, it } from "vitest";
import { createExpiringMap } from "./expiring-map.ts";

function setUp() {
  const clock = { now: 1_000 };
  return { clock, ...createExpiringMap<string>(() => clock.now) };
}

describe("createExpiringMap", () => {
  it("keeps an entry until its end, and not at its end", () => {
    const { clock, get, set } = setUp();
    set("a", "one", 2_000);
    clock.now = 1_999;
    expect(get("a")).toBe("one");
    clock.now = 2_000;
    expect(get("a")).toBeUndefined();
    clock.now = 1_000;
    expect(get("a")).toBeUndefined();
  });

  it("knows nothing of what was never set or was deleted", () => {
    const map = setUp();
    map.set("a", "one", 2_000);
    map.delete("a");
    map.delete("b");
    expect([map.get("a"), map.get("b")]).toEqual([undefined, undefined]);
  });

  it("goes by what was set last, both value and end", () => {
    const { clock, get, set } = setUp();
    set("a", "one", 9_000);
    set("a", "two", 2_000);
    expect(get("a")).toBe("two");
    clock.now = 2_000;
    expect(get("a")).toBeUndefined();
  });

  it.each([1_000, 999, 0, Number.NaN])("forgets an entry whose end is set to %d", (until) => {
    const { get, set } = setUp();
    set("a", "one", 2_000);
    set("a", "two", until);
    expect(get("a")).toBeUndefined();
  });

  it("lets the oldest of too many go, where setting again makes an entry new", () => {
    const { get, set } = setUp();
    for (let number = 1; number <= 10_000; number++) set(`${number}`, "x", 2_000);
    set("1", "again", 2_000);
    set("10001", "x", 2_000);
    expect(get("2")).toBeUndefined();
    expect([get("1"), get("3"), get("10001")]).toEqual(["again", "x", "x"]);
  });
});
