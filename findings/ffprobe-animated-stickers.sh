#!/usr/bin/env bash
# Guess: ffmpeg reads WebP, so it gives the size of an animated one and shows at least its first
#   picture.
# What happens: "image data not found", width and height 0, and nothing decoded, with status 0
#   from ffprobe. It writes the same files without complaint.
# Version: ffprobe 5.1
# Why it matters: Animated stickers are WhatsApp's most frequent WebP. A check of size or a
#   preview by ffmpeg fails for all of them while the plain ones pass.
# Tapview: Nothing is decoded on the server: a sticker passes as it is, and the browser shows it
#   (app/media).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
PATH=$PATH:/usr/sbin

for tool in ffmpeg ffprobe; do
  command -v "$tool" >/dev/null || {
    echo "This needs $tool (Debian: apt-get install ffmpeg)." >&2
    exit 2
  }
done
cat >probe.mjs <<'JS'
import { execFileSync, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";

const run = (command, ...args) => {
  const { stdout, stderr } = spawnSync(command, args, { encoding: "utf8" });
  return { out: stdout.trim(), err: stderr.trim() };
};

const make = (seconds, name) =>
  execFileSync("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", `testsrc2=d=${seconds}:s=512x512:r=10`, "-loop", "0", name]);
make(0.1, "still.webp");
make(1, "animated.webp");
const size = (name) => {
  const { out, err } = run("ffprobe", "-v", "error", "-show_entries", "stream=width,height", "-of", "csv=p=0", name);
  return { size: out.split("\n")[0], error: err.replace(/^\[.*?\] /, "") };
};
const seen = { still: size("still.webp"), animated: size("animated.webp") };
console.log(run("ffprobe", "-version").out.split("\n")[0].slice(0, 24), seen);
const asStated = seen.still.size === "512,512" && seen.animated.size === "0,0";
console.log(asStated ? "As stated." : "CHANGED: it no longer behaves as stated above.");
process.exit(asStated ? 0 : 1);
JS
node probe.mjs
