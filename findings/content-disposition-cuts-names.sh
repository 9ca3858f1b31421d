#!/usr/bin/env bash
# Guess: A slash in a name is replaced, or sent as %2F in `filename*`.
# What happens: The name is taken for a path, and everything up to the last slash or backslash is
#   dropped: "Invoice 12/2026.pdf" is saved as "2026.pdf", "Offer 3 \\ final.pdf" as " final.pdf".
# Version: content-disposition 1.1.0
# Why it matters: A sender on WhatsApp names a document freely; slashes of dates and numbers are
#   common, and on a phone no file system forbids them. Two invoices of a year save over each
#   other.
# Tapview: cleanFileName replaces them with "_" before the header is made
#   (app/media/file/file-name.ts).
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

echo '{"private":true,"type":"module"}' >package.json
npm install --loglevel=error --no-audit --no-fund content-disposition@1.1.0 >/dev/null
cat >probe.mjs <<'JS'
import contentDisposition from "content-disposition";

const seen = {};
for (const name of ["Invoice 12/2026.pdf", "Offer 3 \\ final.pdf"]) seen[name] = contentDisposition(name);
console.log("content-disposition 1.1.0", seen);
const asStated =
  seen["Invoice 12/2026.pdf"] === 'attachment; filename="2026.pdf"' &&
  seen["Offer 3 \\ final.pdf"] === 'attachment; filename=" final.pdf"';
console.log(asStated ? "As stated." : "CHANGED: it no longer behaves as stated above.");
process.exit(asStated ? 0 : 1);
JS
node probe.mjs
