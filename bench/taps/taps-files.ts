import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import type { FileToSend } from "#browsers/inbox/sent-file.ts";

/** A file of the bench. */
export interface TapFile extends Omit<FileToSend, "bytes"> {
  name: string;
  title: string;
  /** Undefined for a picture. */
  seconds?: number;
  /** Arguments of ffmpeg before its output; `film.mp4` is the file of moov-first. */
  ffmpeg: string;
  extension: string;
}

const VIDEO_SECONDS = 120;
const OGG_SECONDS = 750;
const MUSIC_SECONDS = 875;
const NOISE = "-f lavfi -i anoisesrc=color=pink:seed=1";
const FILM = `-f lavfi -i testsrc2=s=640x360:r=25:d=${VIDEO_SECONDS},noise=alls=12:allf=t:all_seed=1,scale=1280:720 -f lavfi -i sine=440:d=${VIDEO_SECONDS} -c:v libx264 -preset ultrafast -b:v 2M -minrate 2M -maxrate 2M -bufsize 1M -x264-params nal-hrd=cbr:keyint=50 -pix_fmt yuv420p -c:a aac -b:a 64k`;
const COPY = "-i film.mp4 -c copy";
const film = {
  kind: "video",
  mimeType: "video/mp4",
  seconds: VIDEO_SECONDS,
  extension: "mp4",
} as const;

/** In this order: the second and third are the first, laid out anew. */
export const tapFiles: TapFile[] = [
  {
    ...film,
    name: "moov-first",
    title: "31 MB MP4, moov first",
    ffmpeg: `${FILM} -movflags +faststart`,
  },
  { ...film, name: "moov-last", title: "31 MB MP4, moov last", ffmpeg: COPY },
  {
    ...film,
    name: "fragmented",
    title: "31 MB MP4, fragmented",
    ffmpeg: `${COPY} -movflags +frag_keyframe+empty_moov+default_base_moof`,
  },
  {
    name: "ogg",
    title: "12 MB Ogg (Opus)",
    kind: "voice",
    mimeType: "audio/ogg; codecs=opus",
    seconds: OGG_SECONDS,
    ffmpeg: `${NOISE}:d=${OGG_SECONDS} -c:a libopus -b:a 128k -vbr off`,
    extension: "ogg",
  },
  {
    name: "mp3",
    title: "14 MB MP3",
    kind: "voice",
    mimeType: "audio/mpeg",
    seconds: MUSIC_SECONDS,
    ffmpeg: `${NOISE}:d=${MUSIC_SECONDS} -c:a libmp3lame -b:a 128k`,
    extension: "mp3",
  },
  {
    name: "m4a",
    title: "14 MB M4A",
    kind: "voice",
    mimeType: "audio/mp4",
    seconds: MUSIC_SECONDS,
    ffmpeg: `${NOISE}:d=${MUSIC_SECONDS} -c:a aac -b:a 128k`,
    extension: "m4a",
  },
  {
    name: "picture",
    title: "JPEG below 1 MB",
    kind: "photo",
    mimeType: "image/jpeg",
    ffmpeg: "-f lavfi -i testsrc2=s=1600x1200 -frames:v 1 -q:v 3",
    extension: "jpg",
  },
  {
    name: "voice",
    title: "voice note below 1 MB",
    kind: "voice",
    mimeType: "audio/ogg; codecs=opus",
    seconds: 20,
    ffmpeg: `${NOISE}:d=20 -ac 1 -c:a libopus -b:a 24k`,
    extension: "ogg",
  },
];

/** Makes a file with ffmpeg, once a folder. @throws where ffmpeg is missing */
export function makeFile(file: TapFile, folder: string): FileToSend {
  const name = file.name === "moov-first" ? "film.mp4" : `${file.name}.${file.extension}`;
  const needed = file.ffmpeg.startsWith(COPY) ? tapFiles[0] : undefined;
  if (needed) makeFile(needed, folder);
  const output = path.join(folder, name);
  try {
    return { ...file, bytes: readFileSync(output) };
  } catch {
    console.log(`ffmpeg makes ${file.title}`);
    const arguments_ = `-v error -nostdin ${file.ffmpeg} -bitexact ${name}`.split(" ");
    execFileSync("ffmpeg", arguments_, { cwd: folder, stdio: "inherit" });
    return { ...file, bytes: readFileSync(output) };
  }
}
