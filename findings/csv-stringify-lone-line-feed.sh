#!/usr/bin/env bash
# Guess: A field that holds a line end of any kind is quoted.
# What happens: Only the record delimiter counts: with `record_delimiter: "windows"` a field with
#   "\n" goes out bare, and Excel and others read two records.
# Version: csv-stringify 6.9.0
# Why it matters: A customer's message or name with a line break tears the export of an audit log
#   in two, and shifts the columns.
# Tapview: app/admin/audit-csv.server.ts quotes such fields itself.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

echo '{"private":true,"type":"module"}' >package.json
npm install --loglevel=error --no-audit --no-fund csv-stringify@6.9.0 csv-parse@7.0.3 >/dev/null
cat >probe.mjs <<'JS'
import { parse } from "csv-parse/sync";
import { stringify } from "csv-stringify/sync";

const rows = [["ana", "one\ntwo"], ["bo", "three"]];
const windows = stringify(rows, { record_delimiter: "windows" });
const unix = stringify(rows);
const read = parse(windows, { relax_column_count: true });
console.log("csv-stringify 6.9.0:", { windows, unix }, "read again, not told of the delimiter:", read);
const asStated = !windows.includes('"') && unix.includes('"one\ntwo"') && JSON.stringify(read) !== JSON.stringify(rows);
console.log(asStated ? "As stated." : "CHANGED: it no longer behaves as stated above.");
process.exit(asStated ? 0 : 1);
JS
node probe.mjs
