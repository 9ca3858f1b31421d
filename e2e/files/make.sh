#!/usr/bin/env bash
# Makes the files of e2e/files.spec.ts: what phones and programs send, drawn and hummed by ffmpeg.
# Debian: ffmpeg sox libsox-fmt-all libjpeg-turbo-progs libheif-examples imagemagick
set -euo pipefail
cd "$(dirname "$0")"
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT
sound=(-f lavfi -i sine=440:d=2)
film=(-f lavfi -i testsrc2=s=160x120:r=10:d=1 "${sound[@]}" -shortest)
aac=(-c:a aac -b:a 32k -ac 1)
h264=(-c:v libx264 -b:v 60k -pix_fmt yuv420p)
make() { ffmpeg -y -loglevel error "$@"; }

make "${sound[@]}" -ac 1 -ar 8000 "$temporary/voice.wav"
sox "$temporary/voice.wav" -t amr-nb voice.amr
make "${sound[@]}" -c:a libmp3lame -b:a 32k -ac 1 song.mp3
{ head -c 3000 /dev/zero && cat song.mp3; } > padded.mp3
# An APEv2 tag without an item: version 2000, 32 bytes, a header.
{ printf 'APETAGEX\xd0\x07\0\0\x20\0\0\0\0\0\0\0\0\0\0\xa0\0\0\0\0\0\0\0\0' && cat song.mp3; } > ape-tag.mp3
make "${sound[@]}" -c:a mp2 -b:a 32k -ac 1 -ar 22050 -f mp2 old.mp2
make "${sound[@]}" -ac 1 -ar 8000 -c:a pcm_s16le voice.wav
make "${sound[@]}" -ac 1 -ar 8000 -c:a alac lossless.m4a
make "${sound[@]}" -c:a libopus -b:a 16k -ac 1 voice.ogg
make "${film[@]}" -c:v libx265 -x265-params log-level=none -tag:v hvc1 -b:v 60k -pix_fmt yuv420p "${aac[@]}" hevc.mp4
make "${film[@]}" -c:v mpeg4 -b:v 100k "${aac[@]}" part2.mp4
make -f lavfi -i testsrc2=s=176x144:r=10:d=1 -c:v h263 -b:v 60k old-phone.3gp
make "${film[@]}" "${h264[@]}" "${aac[@]}" -f mov iphone.mov
make "${film[@]}" "${h264[@]}" "${aac[@]}" -g 5 -movflags frag_keyframe+empty_moov+default_base_moof fragmented.mp4
make -f lavfi -i testsrc2=s=160x120:d=1 -frames:v 1 "$temporary/photo.png"
make -f lavfi -i testsrc2=s=160x120:d=1 -frames:v 1 "$temporary/photo.ppm"
cjpeg -arithmetic -quality 60 "$temporary/photo.ppm" > arithmetic.jpg
heif-enc -q 30 "$temporary/photo.png" -o photo.heic
convert "$temporary/photo.png" -compress lzw scan.tif
make -f lavfi -i testsrc2=s=90x400:d=1 -frames:v 1 portrait.jpg
