import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { mediaTint } from "#app/models/media/media-tint.ts";
import { mediaClass } from "./tile-face.tsx";

const css = (file: string) => readFileSync(new URL(file, import.meta.url), "utf8");
const tints = css("./tint.css");
const [colours = ""] = /filter: blur.*?\}/s.exec(css("./tile.css")) ?? [];

/** WCAG 2.2, "relative luminance" and "contrast ratio", against white. */
function contrastWithWhite(hue: number, saturation: number, lightness: number): number {
  const channel = (n: number) => {
    const k = (n + hue / 30) % 12;
    const amplitude = saturation * Math.min(lightness, 1 - lightness);
    const value = lightness - amplitude * Math.max(-1, Math.min(k - 3, 9 - k, 1));
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  return 1.05 / (0.2126 * channel(0) + 0.7152 * channel(8) + 0.0722 * channel(4) + 0.05);
}

describe("the tint of a tile", () => {
  it("comes from the file's hash, else from its id, and is none where there is neither", () => {
    expect(mediaTint({ sha256: "A1b2c3", mediaId: "42" })).toBe("a1b");
    expect(mediaTint({ sha256: null, mediaId: "622684793477189" })).toBe("981");
    expect(mediaTint({ sha256: null, mediaId: "z7" })).toBe("700");
    expect(mediaTint({ sha256: null, mediaId: null })).toBeNull();
    expect(mediaTint({ sha256: "", mediaId: null })).toBeNull();
  });

  it("is three classes, each of which the stylesheet has in sixteen hues", () => {
    expect(mediaClass("image", "0af")).toBe("media-image a0 ba cf");
    expect(mediaClass("audio", null)).toBe("media-audio");
    for (const digit of "0123456789abcdef") {
      for (const part of "abc") {
        const hue = Number.parseInt(digit, 16);
        expect(tints).toMatch(new RegExp(`\\.${part}${digit} \\{\\s+--${part}: ${hue};`));
      }
    }
  });

  it("leaves white words on it a contrast of 4.5, whatever the hues", () => {
    const lights = [...colours.matchAll(/\* 22\.5\) (\d+)% (\d+)%/g)];
    expect(lights).toHaveLength(3);
    for (const [, saturation, lightness] of lights) {
      for (let hue = 0; hue < 360; hue += 22.5) {
        const contrast = contrastWithWhite(hue, Number(saturation) / 100, Number(lightness) / 100);
        expect(contrast).toBeGreaterThanOrEqual(4.5);
      }
    }
  });
});
