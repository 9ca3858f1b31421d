/** Errors whose message is written for whoever starts the server. By name: importing the classes would load what throws them. */
const WRITTEN_FOR_PEOPLE = new Set(["ConfigurationError", "FolderLockedError"]);

/**
 * What to tell the person who starts the server, without a stack.
 *
 * @returns the message, or undefined when the error is a fault of ours, whose stack is needed
 */
export function startupProblem(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (WRITTEN_FOR_PEOPLE.has(error.name)) return error.message;
  const { code, syscall, address, port } = error as NodeJS.ErrnoException & {
    address?: string;
    port?: number;
  };
  if (syscall !== "listen") return undefined;
  const where = `${address ?? "the address in HOST"}, port ${port ?? "in PORT"}`;
  switch (code) {
    case "EADDRINUSE":
      return `Another program already listens on ${where}. Stop it, or set PORT to another number.`;
    case "EACCES":
      return `This user may not listen on ${where}. Set PORT to a number above 1023.`;
    case "EADDRNOTAVAIL":
      return `This machine has no address ${address}. Set HOST to one of its own, such as 127.0.0.1 or 0.0.0.0.`;
    default:
      return undefined;
  }
}
