import { describe, expect, it } from "vitest";
import { openMedia, TestBody } from "#tests/support/open-media.ts";
import { settle } from "#tests/support/settle.ts";
import { MediaFailure } from "../file/failure.ts";
import type { OpenMedia } from "../source/open-media.server.ts";
import { createReconnectingBody } from "./reconnecting-body.ts";

const FILE = "0123456789";
const rest = (first: number, body = TestBody.of(FILE.slice(first))) =>
  openMedia({ status: 206, contentRange: { first, last: 9, total: 10 }, length: 10 - first, body });
const stalled = () => new MediaFailure("timeout", { detail: "WhatsApp stopped sending" });

/** A reconnecting body and all that its reader hears. */
function read(body: TestBody, rests: (OpenMedia | MediaFailure)[] = []) {
  const heard: string[] = [];
  const asked: (string | undefined)[] = [];
  const reconnecting = createReconnectingBody(
    openMedia({ length: 10, body }),
    10,
    async (range) => {
      asked.push(range);
      const next = rests.shift() ?? new MediaFailure("upstream", { detail: "no rest" });
      if (next instanceof MediaFailure) throw next;
      return next;
    },
  );
  reconnecting.read({
    data: (chunk) => heard.push(chunk.toString()),
    end: () => heard.push("end"),
    error: (error) => heard.push(`error ${error instanceof MediaFailure ? error.kind : error}`),
  });
  return { ...reconnecting, asked, heard };
}

describe("a reconnecting body", () => {
  it("is the body itself while nothing breaks", () => {
    const { asked, continuations, heard } = read(TestBody.of("01234", "56789"));
    expect(heard).toEqual(["01234", "56789", "end"]);
    expect([asked, continuations()]).toEqual([[], 0]);
  });

  it.each(["error", "early end"])("F35 continues after an %s, unnoticed", async (how) => {
    const body = new TestBody();
    const { continuations, heard, isReopening } = read(body, [rest(3)]);
    body.push("012");
    if (how === "error") body.fail("reset");
    else body.end();
    expect(isReopening()).toBe(true);
    await settle();
    expect(isReopening()).toBe(false);
    expect(body.destroyed).toBe(true);
    expect(heard).toEqual(["012", "3456789", "end"]);
    expect(continuations()).toBe(1);
  });

  it("F34 gives a connection up when it is told to", async () => {
    const body = new TestBody();
    const { heard, interrupt } = read(body, [rest(3)]);
    body.push("012");
    interrupt(stalled());
    interrupt(stalled());
    expect(body.destroyed).toBe(true);
    await settle();
    expect(heard).toEqual(["012", "3456789", "end"]);
  });

  it.each(["breaks", "stalls"])("F35 that %s behind its last byte is whole", async (how) => {
    const body = new TestBody();
    const { asked, heard, interrupt } = read(body, [rest(3)]);
    body.push(FILE);
    if (how === "breaks") body.fail("reset");
    else interrupt(stalled());
    await settle();
    expect([heard, asked]).toEqual([[FILE, "end"], []]);
    expect(body.destroyed).toBe(true);
  });

  it.each([
    ["in one piece", [FILE]],
    ["cut at the break", ["012", "3456789"]],
    ["cut before and after it", ["0", "12345", "6789"]],
    ["byte by byte", [...FILE]],
  ])("F43 skips what came before, where all comes again %s", async (_, chunks) => {
    const body = new TestBody();
    const { heard } = read(body, [openMedia({ length: 10, body: TestBody.of(...chunks) })]);
    body.push("012");
    body.end();
    await settle();
    expect(heard.slice(1).join("")).toBe("3456789end");
  });

  it("F35 continues a continuation that breaks as soon as it is there", async () => {
    const body = new TestBody();
    const { asked, heard } = read(body, [
      rest(0, TestBody.of("0")),
      rest(1, TestBody.of()),
      rest(1),
    ]);
    body.end();
    await settle();
    expect(asked).toEqual([undefined, "bytes=1-", "bytes=1-"]);
    expect(heard).toEqual(["0", "123456789", "end"]);
  });

  it("F35 gives up after three continuations, with the last break", async () => {
    const body = new TestBody();
    const { asked, heard } = read(
      body,
      [1, 1, 1, 1].map((first) => rest(first, TestBody.of())),
    );
    body.push("0");
    body.end();
    await settle();
    expect(asked).toHaveLength(3);
    expect(heard).toEqual(["0", "error upstream"]);
  });

  it("F35 hands on why it could not be continued, once", async () => {
    const body = new TestBody();
    const { heard } = read(body, [new MediaFailure("gone")]);
    body.push("0");
    body.fail("reset");
    await settle();
    body.fail("again");
    expect(heard).toEqual(["0", "error gone"]);
  });
});

describe("a reconnecting body whose reader pauses", () => {
  it("is opened again only when the reader goes on", async () => {
    const body = new TestBody();
    const { asked, heard, interrupt, isReopening, pause, resume } = read(body, [rest(3)]);
    body.push("012");
    pause();
    interrupt(stalled());
    await settle();
    expect([asked, isReopening(), body.destroyed]).toEqual([[], false, true]);
    resume();
    await settle();
    expect(asked).toEqual(["bytes=3-"]);
    expect(heard).toEqual(["012", "3456789", "end"]);
  });

  it("is opened once, however often the reader pauses and goes on meanwhile", async () => {
    const body = new TestBody();
    const { asked, heard, pause, resume } = read(body, [rest(3)]);
    body.push("012");
    body.fail("reset");
    for (let times = 0; times < 3; times++) {
      pause();
      resume();
    }
    await settle();
    expect(asked).toEqual(["bytes=3-"]);
    expect(heard).toEqual(["012", "3456789", "end"]);
  });

  it("keeps the rest waiting while the reader is paused", async () => {
    const body = new TestBody();
    const next = new TestBody();
    const { heard, pause, resume } = read(body, [rest(3, next)]);
    body.push("012");
    body.fail("reset");
    pause();
    await settle();
    expect(next.paused).toBe(true);
    next.push("3456789");
    next.end();
    expect(heard).toEqual(["012"]);
    resume();
    expect(heard).toEqual(["012", "3456789", "end"]);
  });
});

describe("a reconnecting body that is destroyed", () => {
  it("F53 closes the present connection and says no more", async () => {
    const body = new TestBody();
    const { asked, destroy, heard } = read(body, [rest(3)]);
    body.push("012");
    destroy();
    expect(body.destroyed).toBe(true);
    body.push("345");
    body.fail("reset");
    await settle();
    expect([heard, asked]).toEqual([["012"], []]);
  });

  it("F53 closes the rest that is still being opened", async () => {
    const body = new TestBody();
    const next = TestBody.of("3456789");
    const { destroy, heard } = read(body, [rest(3, next)]);
    body.push("012");
    body.fail("reset");
    destroy();
    await settle();
    expect(next.destroyed).toBe(true);
    expect(heard).toEqual(["012"]);
  });
});
