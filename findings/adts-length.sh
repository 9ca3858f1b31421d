#!/usr/bin/env bash
# Guess: AAC as WhatsApp takes it (audio/aac, ADTS) is constant enough for a guess, or every tool
#   counts frames.
# What happens: A file that starts loud and ends quiet is estimated from the rate of its first
#   frames; only decoding it tells. (GStreamer gives another length at each run.)
# Version: ffprobe 5.1.9, MediaInfo 23.04
# Why it matters: Whoever reads the length from a tool before sending, to keep to a limit or to
#   show it, is wrong by a factor of ten.
# Tapview: No length is computed; files pass as they are (app/sending).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
PATH=$PATH:/usr/sbin

for tool in ffmpeg ffprobe mediainfo; do
  command -v "$tool" >/dev/null || {
    echo "This needs $tool (Debian: apt-get install ffmpeg mediainfo)." >&2
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

// Three seconds of noise, then 57 of silence.
execFileSync("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", "anoisesrc=d=3:a=0.5:seed=1,apad=pad_dur=57", "-c:a", "aac", "-b:a", "128k", "voice.aac"]);
const clock = (text) => text?.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
const seconds = {
  ffprobe: Number(run("ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", "voice.aac").out),
  mediainfo: run("mediainfo", "--Output=General;%Duration%", "voice.aac").out || "none",
  "ffmpeg, decoding": clock(run("ffmpeg", "-i", "voice.aac", "-f", "null", "-").err.match(/time=(\S+)/g)?.at(-1).slice(5)),
};
console.log(run("ffprobe", "-version").out.split("\n")[0].slice(0, 24), "|", run("mediainfo", "--Version").out.split("\n")[1]);
console.log("seconds:", seconds);
const asStated =
  seconds.ffprobe < 20 && seconds.mediainfo === "none" && Math.abs(seconds["ffmpeg, decoding"] - 60) < 1;
console.log(asStated ? "As stated." : "CHANGED: it no longer behaves as stated above.");
process.exit(asStated ? 0 : 1);
JS
node probe.mjs
