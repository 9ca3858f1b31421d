import { once } from "node:events";
import { existsSync } from "node:fs";
import { type AddressInfo, connect, createServer } from "node:net";
import { expect, it } from "vitest";
import { openFiles, purposeOf, socketsIn, total } from "./open-files.ts";

const PORTS = { own: 3000, upstream: 3001, database: 5432 };
const TABLE = `  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode
   0: 0100007F:0BB8 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 46 1 000000006cf38c94 100 0 0 10 0
   1: 0100007F:0BB8 0100007F:C001 01 00000000:00000000 00:00000000 00000000     0        0 47 1 000000006cf38c94 20 4 30 10 -1
   2: 0100007F:C002 0100007F:0BB9 01 00000000:00000000 00:00000000 00000000     0        0 48 1 000000006cf38c94 20 4 30 10 -1
   3: 0100007F:C003 0100007F:1538 01 00000000:00000000 00:00000000 00000000     0        0 49 1 000000006cf38c94 20 4 30 10 -1
`;

it("tells sockets apart by their ports", () => {
  const sockets = socketsIn([TABLE, TABLE.split("\n", 1).join("")]);
  const purposes = [...sockets].map(([inode, socket]) => [inode, purposeOf(socket, PORTS)]);
  expect(purposes).toEqual([
    ["46", "others"],
    ["47", "clients"],
    ["48", "upstream"],
    ["49", "database"],
  ]);
  expect(purposeOf(undefined, PORTS)).toBe("others");
});

it.runIf(existsSync("/proc/self/fd"))(
  "counts those of a process, this one for instance",
  async () => {
    const server = createServer();
    await once(server.listen(0, "127.0.0.1"), "listening");
    const own = (server.address() as AddressInfo).port;
    const before = openFiles(process.pid, { ...PORTS, own });
    const client = connect(own, "127.0.0.1");
    await once(server, "connection");
    const after = openFiles(process.pid, { ...PORTS, own, upstream: own });
    expect(after).toMatchObject({ clients: before.clients + 1, upstream: before.upstream + 1 });
    expect(total(after)).toBe(total(before) + 2);
    client.destroy();
    server.close();
  },
);
