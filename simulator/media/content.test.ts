import { expect, it } from "vitest";
import { samples } from "#simulator/samples/index.ts";
import { type Content, noiseContent, paddedContent } from "./content.ts";

it("makes the same noise whatever part of it is read", () => {
  const noise = noiseContent(200_000);
  const whole = read(noise, 0, 200_000);
  expect(whole).toHaveLength(200_000);
  for (const [start, end] of [
    [1, 17],
    [65_535, 65_538],
    [131_000, 200_000],
  ] as const) {
    expect(read(noise, start, end).equals(whole.subarray(start, end))).toBe(true);
  }
  expect(read(noiseContent(200_000, 2), 0, 100).equals(whole.subarray(0, 100))).toBe(false);
});

it("pads a file to its size, reading over the seam too", () => {
  const { bytes } = samples.video;
  const padded = paddedContent(bytes, 300_000);
  const whole = read(padded, 0, 300_000);
  expect(whole).toHaveLength(300_000);
  expect(whole.subarray(0, bytes.length).equals(bytes)).toBe(true);
  expect(whole.readUInt32BE(bytes.length)).toBe(300_000 - bytes.length);
  expect(whole.toString("latin1", bytes.length + 4, bytes.length + 8)).toBe("free");
  const seam = bytes.length + 3;
  expect(read(padded, seam, seam + 90_000).equals(whole.subarray(seam, seam + 90_000))).toBe(true);
});

function read(content: Content, start: number, end: number) {
  return Buffer.concat([...content.chunks(start, end)]);
}
