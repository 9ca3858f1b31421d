// Preloaded into a server under test that runs with --expose-gc.
process.on("SIGUSR2", () => globalThis.gc());
