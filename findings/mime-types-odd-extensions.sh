#!/usr/bin/env bash
# Guess: audio/mpeg is .mp3, audio/ogg .ogg, audio/aac .aac, video/quicktime .mov, text/vcard
#   .vcf.
# What happens: Both libraries give .mpga, .oga, .adts, .qt and .vcard, although they know all the
#   usual ones too when asked the other way round. For image/jpeg, video/mp4, audio/mp4 and
#   audio/amr they give what one expects.
# Version: mime-types 3.0.2 and mime 4.1.2
# Why it matters: A voice note that a customer sent is saved under a name that Windows and phones
#   don't open.
# Tapview: A list of its own with the usual extensions (app/media/file/file-name.ts).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

echo '{"private":true,"type":"module"}' >package.json
npm install --loglevel=error --no-audit --no-fund mime-types@3.0.2 mime@4.1.2 >/dev/null
cat >probe.mjs <<'JS'
import mimeTypes from "mime-types";
import mime from "mime";

const expected = { "audio/mpeg": "mp3", "audio/ogg": "ogg", "audio/aac": "aac", "video/quicktime": "mov", "text/vcard": "vcf" };
const seen = {};
for (const type of [...Object.keys(expected), "image/jpeg", "audio/mp4"]) {
  seen[type] = { "mime-types": mimeTypes.extension(type), mime: mime.getExtension(type) };
}
console.table(seen);
const asStated =
  Object.entries(expected).every(
    ([type, usual]) => seen[type]["mime-types"] !== usual && seen[type].mime !== usual && mimeTypes.lookup(usual) && mime.getType(usual),
  ) && seen["image/jpeg"].mime === "jpg" && seen["audio/mp4"].mime === "m4a";
console.log(asStated ? "As stated." : "CHANGED: it no longer behaves as stated above.");
process.exit(asStated ? 0 : 1);
JS
node probe.mjs
