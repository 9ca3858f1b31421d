/** Says once a run that the tests ran on one engine only. CI treats this line as a failure. */
export default function setup(): void {
  process.stderr.write(
    "\nSKIPPED: PostgreSQL tests (no server binaries found; install PostgreSQL or set TEST_DATABASE_URL)\n",
  );
}
