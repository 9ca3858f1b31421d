import { ffmpeg, filesOf, type Row } from "./corpus-file.ts";

const H264 = "-c:v libx264 -preset ultrafast -pix_fmt yuv420p";
const FRAGMENTS = "-movflags +frag_keyframe+empty_moov+default_base_moof";

function mp4(format: string, name: string, words: string): Row {
  return [`MP4, ${format}`, `${name}.mp4`, "video/mp4", ffmpeg(`${words} ${name}.mp4`)];
}

function threeGp(format: string, name: string, words: string): Row {
  return [`3GP, ${format}`, `${name}.3gp`, "video/3gpp", ffmpeg(`${words} -f 3gp ${name}.3gp`)];
}

export const films = filesOf("video", [
  mp4("H.264 + AAC, moov last", "film", `FILM TONE ${H264} -c:a aac`),
  mp4("moov first", "first", "-i film.mp4 -c copy -movflags +faststart"),
  mp4("fragmented", "fragmented", `-i film.mp4 -c copy ${FRAGMENTS}`),
  mp4("fragmented with sidx", "sidx", `-i film.mp4 -c copy ${FRAGMENTS}+global_sidx`),
  mp4("rotated", "rotated", "-i film.mp4 -c copy -metadata:s:v rotate=90"),
  mp4("silent", "silent", `FILM ${H264}`),
  mp4("H.264 baseline", "baseline", `FILM TONE ${H264} -profile:v baseline -c:a aac`),
  mp4("H.264 high", "high", "FILM TONE -c:v libx264 -profile:v high -pix_fmt yuv420p -c:a aac"),
  mp4("H.264, 10 bits", "ten-bits", "FILM TONE -c:v libx264 -pix_fmt yuv420p10le -c:a aac"),
  mp4("H.264, 4:4:4", "444", "FILM TONE -c:v libx264 -pix_fmt yuv444p -c:a aac"),
  mp4("H.264 + MP3", "mp3-sound", `FILM TONE ${H264} -c:a libmp3lame`),
  mp4("H.264 + AC-3", "ac3-sound", `FILM TONE ${H264} -c:a ac3`),
  mp4(
    "HEVC, hvc1",
    "hvc1",
    "FILM TONE -c:v libx265 -x265-params log-level=error -preset ultrafast -pix_fmt yuv420p -tag:v hvc1 -c:a aac",
  ),
  mp4("HEVC, hev1", "hev1", "-i hvc1.mp4 -c copy -tag:v hev1"),
  mp4("MPEG-4 part 2", "part2", "FILM TONE -c:v mpeg4 -c:a aac"),
  mp4("AV1", "av1", "FILM TONE -c:v libsvtav1 -preset 12 -pix_fmt yuv420p -c:a aac"),
  mp4("VP9", "vp9", "FILM TONE -c:v libvpx-vp9 -cpu-used 8 -deadline realtime -c:a libopus"),
  threeGp(
    "H.263 + AMR",
    "old-phone",
    "-f lavfi -i testsrc2=s=176x144:r=15:d=4 -i voice.amr -c:v h263 -c:a copy -brand 3gp4",
  ),
  threeGp("MPEG-4 part 2 + AMR", "part2-amr", "FILM -i voice.amr -c:v mpeg4 -c:a copy -brand 3gp4"),
  threeGp("3gp4, H.264 + AAC", "3gp4", "-i film.mp4 -c copy -brand 3gp4"),
  threeGp("3gp5, H.264 + AAC", "3gp5", "-i film.mp4 -c copy -brand 3gp5"),
  threeGp("3gp6, H.264 + AAC", "3gp6", "-i film.mp4 -c copy -brand 3gp6"),
  threeGp("H.264 + AMR", "amr-sound", `FILM -i voice.amr ${H264} -c:a copy -brand 3gp4`),
  ["MOV, H.264 + AAC", "iphone.mov", "video/quicktime", ffmpeg("-i film.mp4 -c copy iphone.mov")],
  ["MOV, HEVC", "hevc.mov", "video/quicktime", ffmpeg("-i hvc1.mp4 -c copy -tag:v hvc1 hevc.mov")],
  ["MKV, H.264 + AAC", "film.mkv", "video/x-matroska", ffmpeg("-i film.mp4 -c copy film.mkv")],
  [
    "WebM, VP8 + Vorbis",
    "vp8.webm",
    "video/webm",
    ffmpeg("FILM TONE -c:v libvpx -deadline realtime -c:a libvorbis vp8.webm"),
  ],
  ["WebM, VP9 + Opus", "vp9.webm", "video/webm", ffmpeg("-i vp9.mp4 -c copy vp9.webm")],
  ["WebM, AV1", "av1.webm", "video/webm", ffmpeg("-i av1.mp4 -an -c:v copy av1.webm")],
  [
    "Ogg, Theora + Vorbis",
    "theora.ogv",
    "video/ogg",
    ffmpeg("FILM TONE -c:v libtheora -c:a libvorbis theora.ogv"),
  ],
  [
    "AVI, MPEG-4 part 2 + MP3",
    "film.avi",
    "video/x-msvideo",
    ffmpeg("FILM TONE -c:v mpeg4 -c:a libmp3lame film.avi"),
  ],
  ["WMV", "film.wmv", "video/x-ms-wmv", ffmpeg("FILM TONE -c:v wmv2 -c:a wmav2 film.wmv")],
  [
    "FLV",
    "film.flv",
    "video/x-flv",
    ffmpeg("FILM TONE -c:v flv -ar 44100 -c:a libmp3lame film.flv"),
  ],
  [
    "MPEG program stream",
    "film.mpg",
    "video/mpeg",
    ffmpeg("FILM TONE -c:v mpeg2video -c:a mp2 -f vob film.mpg"),
  ],
]);
