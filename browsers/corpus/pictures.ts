import { ffmpeg, filesOf } from "./corpus-file.ts";

export const pictures = [
  ...filesOf("photo", [
    ["JPEG, baseline", "baseline.jpg", "image/jpeg", ffmpeg("PICTURE -q:v 3 baseline.jpg")],
    [
      "JPEG, progressive",
      "progressive.jpg",
      "image/jpeg",
      "jpegtran -progressive baseline.jpg > progressive.jpg",
    ],
    [
      "JPEG, arithmetic coding",
      "arithmetic.jpg",
      "image/jpeg",
      `${ffmpeg("PICTURE arithmetic.ppm")} && cjpeg -arithmetic arithmetic.ppm > arithmetic.jpg`,
    ],
    ["JPEG, greyscale", "grey.jpg", "image/jpeg", "jpegtran -grayscale baseline.jpg > grey.jpg"],
    ["JPEG, CMYK", "cmyk.jpg", "image/jpeg", "convert baseline.jpg -colorspace CMYK cmyk.jpg"],
    ["PNG", "picture.png", "image/png", ffmpeg("PICTURE picture.png")],
    ["PNG, 16 bits", "deep.png", "image/png", ffmpeg("PICTURE -pix_fmt rgb48be deep.png")],
    ["GIF, animated", "animated.gif", "image/gif", ffmpeg("FILM -r 5 animated.gif")],
    [
      "AVIF",
      "picture.avif",
      "image/avif",
      ffmpeg("PICTURE -c:v libaom-av1 -still-picture 1 -cpu-used 8 picture.avif"),
    ],
    ["HEIC", "photo.heic", "image/heic", "heif-enc baseline.jpg -o photo.heic"],
    ["TIFF", "scan.tif", "image/tiff", ffmpeg("PICTURE scan.tif")],
    ["BMP", "picture.bmp", "image/bmp", ffmpeg("PICTURE picture.bmp")],
  ]),
  ...filesOf("sticker", [
    ["WebP", "sticker.webp", "image/webp", ffmpeg("PICTURE -c:v libwebp sticker.webp")],
    [
      "WebP, lossless",
      "lossless.webp",
      "image/webp",
      ffmpeg("PICTURE -c:v libwebp -lossless 1 lossless.webp"),
    ],
    [
      "WebP, animated",
      "animated.webp",
      "image/webp",
      ffmpeg("FILM -r 5 -c:v libwebp_anim -loop 0 animated.webp"),
    ],
  ]),
];
