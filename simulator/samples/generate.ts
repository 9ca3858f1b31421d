import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { drawDocument } from "./drawings/document.ts";

/*
 * Draws the sample files again: `npx tsx simulator/samples/generate.ts`.
 * Needs Ghostscript (gs), FFmpeg with libx264, aac and libopus (ffmpeg), and WebP's cwebp.
 * Its results are kept in the repository, so nobody needs the tools to run the simulator.
 */

const here = import.meta.dirname;
const drawings = join(here, "drawings");

function generate() {
  requireTools(["gs", "ffmpeg", "cwebp"]);
  const work = mkdtempSync(join(tmpdir(), "whatsapp-samples-"));
  try {
    photo(work);
    sticker(work);
    video(work);
    voice();
    writeFileSync(join(here, "document.pdf"), drawDocument());
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  for (const name of ["photo.jpg", "sticker.webp", "video.mp4", "voice.ogg", "document.pdf"]) {
    console.log(`${name} ${statSync(join(here, name)).size} bytes`);
  }
}

function photo(work: string) {
  rasterise("photo.ps", "png16m", join(work, "photo.png"));
  ffmpeg(["-i", join(work, "photo.png"), "-pix_fmt", "yuvj420p", "-q:v", "3"], "photo.jpg");
}

function sticker(work: string) {
  rasterise("sticker.ps", "pngalpha", join(work, "sticker.png"));
  const options = ["-quiet", "-q", "82", "-alpha_q", "90", "-m", "6"];
  execFileSync("cwebp", [...options, join(work, "sticker.png"), "-o", join(here, "sticker.webp")]);
}

function video(work: string) {
  rasterise("video.ps", "png16m", join(work, "frame%03d.png"));
  const tune = melody([392, 494, 587, 784, 587, 494, 440, 523, 659, 523, 440, 392], 0.5);
  const picture = ["-profile:v", "baseline", "-level", "3.0", "-pix_fmt", "yuv420p", "-crf", "24"];
  ffmpeg(
    [
      ...["-framerate", "12", "-i", join(work, "frame%03d.png")],
      ...["-f", "lavfi", "-i", `aevalsrc=${tune}:s=44100:d=6`],
      ...["-c:v", "libx264", ...picture, "-g", "24"],
      ...["-c:a", "aac", "-ac", "1", "-b:a", "48k", "-t", "6", "-movflags", "+faststart"],
    ],
    "video.mp4",
  );
}

function voice() {
  const hum = melody([220, 247, 262, 294, 262, 247, 220, 196], 0.5);
  ffmpeg(
    [
      ...["-f", "lavfi", "-i", `aevalsrc=${hum}:s=48000:d=4`],
      ...["-c:a", "libopus", "-ac", "1", "-b:a", "32k", "-application", "voip"],
    ],
    "voice.ogg",
  );
}

/** An FFmpeg expression that plays the notes one after another, each fading out. */
function melody(notes: number[], seconds: number) {
  const pitch = notes.reduceRight(
    (rest, hertz, index) => `if(lt(t\\,${(index + 1) * seconds})\\,${hertz}\\,${rest})`,
    "0",
  );
  const local = `mod(t\\,${seconds})`;
  const tone = `(sin(2*PI*${pitch}*${local})+0.3*sin(4*PI*${pitch}*${local}))`;
  return `0.35*${tone}*exp(-4*${local})*min(1\\,${local}*80)`;
}

function rasterise(drawing: string, device: string, out: string) {
  const quality = ["-r288", "-dDownScaleFactor=4", "-dGraphicsAlphaBits=4"];
  const batch = ["-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", `-sDEVICE=${device}`];
  execFileSync("gs", [...batch, ...quality, `-sOutputFile=${out}`, join(drawings, drawing)]);
}

function ffmpeg(options: string[], name: string) {
  const plain = ["-map_metadata", "-1", "-fflags", "+bitexact", "-flags", "+bitexact"];
  execFileSync("ffmpeg", ["-v", "error", "-y", ...options, ...plain, join(here, name)]);
}

function requireTools(tools: string[]) {
  const path = (process.env.PATH ?? "").split(":");
  const missing = tools.filter((tool) => !path.some((folder) => contains(folder, tool)));
  if (missing.length === 0) return;
  console.error(`Install ${missing.join(", ")} first, then run this again.`);
  process.exit(1);
}

function contains(folder: string, name: string) {
  try {
    return readdirSync(folder).includes(name);
  } catch {
    return false;
  }
}

generate();
