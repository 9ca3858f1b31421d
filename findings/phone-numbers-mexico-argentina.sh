#!/usr/bin/env bash
# Guess: Both validate by the same national plans: +52 1 55… is read as the +52 55… that it has
#   been since 2019, and +54 9 11… stays as it is.
# What happens: libphonenumber-js calls +5215512345678, the wa_id of many Mexican accounts,
#   invalid and doesn't shorten it; phone calls it valid. phone takes the 9 out of an Argentinian
#   mobile number, which makes another number; libphonenumber-js keeps it.
# Version: libphonenumber-js 1.13.16 and phone 3.1.72
# Why it matters: A search or a merge of contacts by normalised number misses people of two of
#   WhatsApp's largest countries, or joins two of them.
# Tapview: A wa_id is kept as the digits that WhatsApp sent and compared as such
#   (app/whatsapp/values, app/models/contacts); no library touches it.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

echo '{"private":true,"type":"module"}' >package.json
npm install --loglevel=error --no-audit --no-fund libphonenumber-js@1.13.16 phone@3.1.72 >/dev/null
cat >probe.mjs <<'JS'
import { parsePhoneNumberFromString } from "libphonenumber-js/max";
import { phone } from "phone";

const seen = {};
for (const number of ["+525512345678", "+5215512345678", "+5491123456789"]) {
  const one = parsePhoneNumberFromString(number);
  const other = phone(number);
  seen[number] = {
    "libphonenumber-js": `${one.isValid() ? "valid" : "invalid"} ${one.number}`,
    phone: `${other.isValid ? "valid" : "invalid"} ${other.phoneNumber}`,
  };
}
console.table(seen);
const asStated =
  seen["+525512345678"]["libphonenumber-js"] === "valid +525512345678" &&
  seen["+5215512345678"]["libphonenumber-js"] === "invalid +5215512345678" &&
  seen["+5215512345678"].phone === "valid +5215512345678" &&
  seen["+5491123456789"]["libphonenumber-js"] === "valid +5491123456789" &&
  seen["+5491123456789"].phone === "valid +541123456789";
console.log(asStated ? "As stated." : "CHANGED: it no longer behaves as stated above.");
process.exit(asStated ? 0 : 1);
JS
node probe.mjs
