#!/usr/bin/env bash
# Guess: A lock is on the file; how it was opened doesn't matter, as with flock(1).
# What happens: On Linux the lock is fcntl's, of the open file description: a file opened for
#   reading refuses the exclusive lock, one opened for appending the shared lock, each with EBADF,
#   which usually means a closed file.
# Version: fs-native-extensions 1.5.1
# Why it matters: A guard against two servers on one folder that opens its file read-only fails at
#   the first start with what reads like a fault of the program: a descriptor that it closed too
#   early.
# Tapview: db/embedded/folder-lock.server.ts opens its lock file for reading and writing.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"

echo '{"private":true,"type":"module"}' >package.json
npm install --loglevel=error --no-audit --no-fund fs-native-extensions@1.5.1 >/dev/null
cat >probe.mjs <<'JS'
import fs from "node:fs";
import locks from "fs-native-extensions";

fs.writeFileSync("lock", "");
const tried = (mode, shared) => {
  const file = fs.openSync("lock", mode);
  try {
    return locks.tryLock(file, { shared });
  } catch (error) {
    return error.code;
  } finally {
    fs.closeSync(file);
  }
};
const seen = {
  "exclusive, opened r+": tried("r+", false),
  "exclusive, opened r": tried("r", false),
  "shared, opened r": tried("r", true),
  "shared, opened a": tried("a", true),
};
console.log("fs-native-extensions 1.5.1 on", process.platform, seen);
const asStated = process.platform !== "linux" || Object.values(seen).join() === "true,EBADF,true,EBADF";
console.log(asStated ? "As stated." : "CHANGED: it no longer behaves as stated above.");
process.exit(asStated ? 0 : 1);
JS
node probe.mjs
