import { describe, expect, it } from "vitest";
import { createCapacity, enterCapacity } from "./capacity.server.ts";
import { MediaFailure } from "./file/failure.ts";

const ana = { companyId: 1, userId: 1 };
const bob = { companyId: 1, userId: 2 };
const eve = { companyId: 2, userId: 1 };
const limits = { person: 2, company: 3, process: 5 };

describe("createCapacity", () => {
  it("F55 refuses one person beyond their own limit, and asks for a pause", () => {
    const enter = createCapacity(limits);
    enter(ana);
    enter(ana);
    expect(() => enter(ana)).toThrow(MediaFailure);
    expect(() => enter(ana)).toThrow(
      expect.objectContaining({ kind: "busy", retryAfterSeconds: 5 }),
    );
    expect(() => enter(bob)).not.toThrow();
  });

  it("F55 refuses one company beyond its limit, and leaves another unaffected", () => {
    const enter = createCapacity(limits);
    enter(ana);
    enter(ana);
    enter(bob);
    expect(() => enter(bob)).toThrow(MediaFailure);
    expect(() => enter(eve)).not.toThrow();
  });

  it("F55 refuses everybody beyond the process's limit", () => {
    const enter = createCapacity(limits);
    for (const person of [ana, ana, bob, eve, eve]) enter(person);
    expect(() => enter({ companyId: 3, userId: 9 })).toThrow(MediaFailure);
  });

  it("gives a place back once, however often that is asked", () => {
    const enter = createCapacity(limits);
    const leave = enter(ana);
    enter(ana);
    leave();
    leave();
    enter(ana);
    expect(() => enter(ana)).toThrow(MediaFailure);
  });

  it("takes no place when it refuses", () => {
    const enter = createCapacity({ person: 1, company: 2, process: 2 });
    const leave = enter(ana);
    for (let i = 0; i < 10; i++) expect(() => enter(ana)).toThrow(MediaFailure);
    leave();
    enter(ana);
    expect(() => enter(bob)).not.toThrow();
  });

  it("tells people of different companies apart who have the same id", () => {
    const enter = createCapacity({ person: 1, company: 9, process: 9 });
    enter(ana);
    expect(() => enter(eve)).not.toThrow();
  });
});

it("F55 refuses most of 1,000 files that one person opens at once", () => {
  const leaves: (() => void)[] = [];
  let refused = 0;
  for (let i = 0; i < 1_000; i++) {
    try {
      leaves.push(enterCapacity(ana));
    } catch {
      refused += 1;
    }
  }
  expect(leaves.length).toBe(128);
  expect(refused).toBe(872);
  expect(() => enterCapacity(eve)()).not.toThrow();
  for (const leave of leaves) leave();
});
