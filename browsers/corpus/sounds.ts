import { ffmpeg, filesOf } from "./corpus-file.ts";

/** An empty ID3v2.4 tag. */
const ID3 = String.raw`printf 'ID3\004\0\0\0\0\0\0'`;
/** An APEv2 tag of one item: header, Title=Song, footer. */
const APE = String.raw`printf 'APETAGEX\320\007\0\0\062\0\0\0\001\0\0\0\0\0\0\240\0\0\0\0\0\0\0\0\004\0\0\0\0\0\0\0Title\0SongAPETAGEX\320\007\0\0\062\0\0\0\001\0\0\0\0\0\0\200\0\0\0\0\0\0\0\0'`;
const BELL = "usr/share/sounds/freedesktop/stereo/bell.oga";

export const sounds = filesOf("voice", [
  [
    "AMR-NB",
    "voice.amr",
    "audio/amr",
    `${ffmpeg("TONE -ar 8000 -ac 1 low.wav")} && sox low.wav -t amr-nb voice.amr`,
  ],
  [
    "AMR-WB",
    "wide.amr",
    "audio/amr",
    String.raw`${ffmpeg("TONE -ar 16000 -ac 1 mid.wav")} && gst-launch-1.0 -q filesrc location=mid.wav ! wavparse ! audioconvert ! voamrwbenc ! filesink location=wide.raw && printf '#!AMR-WB\n' | cat - wide.raw > wide.amr`,
  ],
  [
    "MP3, constant rate",
    "cbr.mp3",
    "audio/mpeg",
    ffmpeg("TONE -b:a 128k -id3v2_version 0 cbr.mp3"),
  ],
  ["MP3, variable rate", "vbr.mp3", "audio/mpeg", ffmpeg("TONE -q:a 4 vbr.mp3")],
  ["MP3, by LAME", "lame.mp3", "audio/mpeg", "lame --quiet -V2 low.wav lame.mp3"],
  [
    "MP3, ID3v2.3",
    "tagged.mp3",
    "audio/mpeg",
    ffmpeg("TONE -id3v2_version 3 -metadata title=Song tagged.mp3"),
  ],
  [
    "MP3, zeros in front",
    "padded.mp3",
    "audio/mpeg",
    "head -c 2000 /dev/zero | cat - cbr.mp3 > padded.mp3",
  ],
  ["MP3, APEv2 in front", "ape.mp3", "audio/mpeg", `${APE} | cat - cbr.mp3 > ape.mp3`],
  ["MP2", "layer2.mp3", "audio/mpeg", ffmpeg("TONE -c:a mp2 -f mp2 layer2.mp3")],
  ["AAC, ADTS", "voice.aac", "audio/aac", ffmpeg("TONE -c:a aac voice.aac")],
  ["AAC, ADTS after ID3", "tagged.aac", "audio/aac", `${ID3} | cat - voice.aac > tagged.aac`],
  ["M4A, AAC", "voice.m4a", "audio/mp4", ffmpeg("TONE -c:a aac voice.m4a")],
  ["M4A, ALAC", "alac.m4a", "audio/mp4", ffmpeg("TONE -c:a alac alac.m4a")],
  ["M4A, Opus", "opus.m4a", "audio/mp4", ffmpeg("TONE -c:a libopus -f mp4 opus.m4a")],
  [
    "Ogg, Opus",
    "voice.ogg",
    "audio/ogg; codecs=opus",
    ffmpeg("TONE -ac 1 -c:a libopus -b:a 24k voice.ogg"),
  ],
  [
    "Ogg, Opus, by opusenc",
    "note.ogg",
    "audio/ogg; codecs=opus",
    "opusenc --quiet low.wav note.ogg",
  ],
  ["Ogg, Vorbis", "vorbis.ogg", "audio/ogg", ffmpeg("TONE -c:a libvorbis vorbis.ogg")],
  [
    "Ogg, Vorbis, of a sound theme",
    "bell.ogg",
    "audio/ogg",
    `apt-get download -qq sound-theme-freedesktop >&2 && dpkg -x sound-theme-freedesktop_*.deb theme && cp theme/${BELL} bell.ogg`,
  ],
  ["Ogg, Speex", "speex.ogg", "audio/ogg", ffmpeg("TONE -ar 16000 -ac 1 -c:a libspeex speex.ogg")],
  ["Ogg, FLAC", "flac.ogg", "audio/ogg", ffmpeg("TONE -c:a flac flac.ogg")],
  ["WAV, PCM", "voice.wav", "audio/wav", ffmpeg("TONE voice.wav")],
  ["WAV, ADPCM", "adpcm.wav", "audio/wav", ffmpeg("TONE -c:a adpcm_ima_wav adpcm.wav")],
  ["WAV, float", "float.wav", "audio/wav", ffmpeg("TONE -c:a pcm_f32le float.wav")],
  ["FLAC", "song.flac", "audio/flac", ffmpeg("TONE song.flac")],
  ["WebM, Opus", "sound.webm", "audio/webm", ffmpeg("TONE -c:a libopus sound.webm")],
]);
