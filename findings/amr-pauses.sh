#!/usr/bin/env bash
# Guess: A voice note's length is known to every tool: AMR has a frame every 20 ms, so it only has
#   to count them.
# What happens: Silence is sent as short frames (DTX), and ffprobe and MediaInfo divide the bytes
#   by a bit rate, each by another. SoX counts. (GStreamer gives another length at each run.)
# Version: ffprobe 5.1.9, MediaInfo 23.04, SoX 14.4.2
# Why it matters: What a phone records in a quiet room is mostly pauses. A duration shown beside a
#   voice note, or a limit on it, is wrong by a factor.
# Tapview: No duration is shown: a file is never opened before a tap, and then the browser tells
#   (app/ui/tile).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
PATH=$PATH:/usr/sbin

for tool in ffprobe mediainfo soxi; do
  command -v "$tool" >/dev/null || {
    echo "This needs $tool (Debian: apt-get install ffmpeg mediainfo sox)." >&2
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

// RFC 4867, section 5: a magic line, then frames of a header byte and bits. One second of speech at
// 12.2 kbit/s, then silence: its description in every eighth frame, nothing in the others.
const frame = (header, bytes) => Buffer.concat([Buffer.from([header]), Buffer.alloc(bytes)]);
const frames = Array.from({ length: 3000 }, (_, at) =>
  at < 50 ? frame(0x3c, 31) : at % 8 === 0 ? frame(0x44, 5) : frame(0x7c, 0),
);
writeFileSync("voice.amr", Buffer.concat([Buffer.from("#!AMR\n"), ...frames]));

const seconds = {
  frames: frames.length * 0.02,
  ffprobe: Number(run("ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", "voice.amr").out),
  mediainfo: Number(run("mediainfo", "--Output=General;%Duration%", "voice.amr").out) / 1000,
  sox: Number(run("soxi", "-D", "voice.amr").out),
};
console.log(run("ffprobe", "-version").out.split("\n")[0].slice(0, 24), "|", run("mediainfo", "--Version").out.split("\n")[1], "|", run("soxi").out.match(/SoX v\S+/)?.[0]);
console.log("seconds:", seconds);
const asStated = seconds.sox === 60 && ["ffprobe", "mediainfo"].every((tool) => Math.abs(seconds[tool] - 60) > 15);
console.log(asStated ? "As stated." : "CHANGED: it no longer behaves as stated above.");
process.exit(asStated ? 0 : 1);
JS
node probe.mjs
