// Loaded into a program that a test starts: when the test's process ends, however it ends, the
// pipe on standard input closes, and so does the program.
process.stdin.on("end", () => process.exit(1)).resume();
process.stdin.unref();
