import { existsSync, readdirSync, readFileSync, readlinkSync } from "node:fs";

/** A process's open file descriptors by what they are for. */
export interface OpenFiles {
  clients: number;
  upstream: number;
  database: number;
  /** The listening socket, pipes, the event loop's own. */
  others: number;
}

export interface Ports {
  /** Where the process listens. */
  own: number;
  upstream: number;
  database: number;
}

/** Both ends of a TCP connection of this machine; the remote port of a listening socket is 0. */
export interface Socket {
  local: number;
  remote: number;
}

/** Counts a process's open files. @throws where there is no such process, or no /proc */
export function openFiles(pid: number, ports: Ports): OpenFiles {
  const count: OpenFiles = { clients: 0, upstream: 0, database: 0, others: 0 };
  const targets = readdirSync(`/proc/${pid}/fd`).map((name) => targetOf(`/proc/${pid}/fd/${name}`));
  const tables = ["tcp", "tcp6"].map((name) => `/proc/${pid}/net/${name}`).filter(existsSync);
  const sockets = socketsIn(tables.map((file) => readFileSync(file, "utf8")));
  for (const target of targets) {
    if (target === undefined) continue;
    const inode = /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? "";
    count[purposeOf(sockets.get(inode), ports)] += 1;
  }
  return count;
}

export function total({ clients, upstream, database, others }: OpenFiles): number {
  return clients + upstream + database + others;
}

/**
 * @param tables the contents of /proc/net/tcp and its like (proc_net_tcp in the kernel's
 *   documentation): addresses are hexadecimal, the tenth column is the inode
 * @returns by inode
 */
export function socketsIn(tables: readonly string[]): Map<string, Socket> {
  const sockets = new Map<string, Socket>();
  for (const line of tables.flatMap((table) => table.split("\n").slice(1))) {
    const [, local = "", remote = "", , , , , , , inode] = line.trim().split(/\s+/);
    if (inode) sockets.set(inode, { local: portOf(local), remote: portOf(remote) });
  }
  return sockets;
}

export function purposeOf(socket: Socket | undefined, ports: Ports): keyof OpenFiles {
  if (!socket?.remote) return "others";
  if (socket.local === ports.own) return "clients";
  if (socket.remote === ports.upstream) return "upstream";
  return socket.remote === ports.database ? "database" : "others";
}

function portOf(address: string): number {
  return Number.parseInt(address.split(":")[1] ?? "", 16);
}

/** undefined when the descriptor has been closed since it was listed. */
function targetOf(link: string): string | undefined {
  try {
    return readlinkSync(link);
  } catch {
    return undefined;
  }
}
