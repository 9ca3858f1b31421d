import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { until } from "#bench/tools/until.ts";
import { freePort } from "#tests/support/app/free-port.ts";

const FOLDERS = ["/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin", "/usr/local/bin"];

/** Where nginx is; undefined when it isn't installed. */
export function findNginx(): string | undefined {
  const folders = [...(process.env.PATH ?? "").split(path.delimiter), ...FOLDERS];
  return folders.map((folder) => path.join(folder, "nginx")).find((file) => existsSync(file));
}

/**
 * The other floor: nginx as one process, passing each path on with the token.
 *
 * @param file what findNginx found
 * @param upstream host and port
 */
export async function startNginx(file: string, upstream: string, accessToken: string) {
  const folder = mkdtempSync(path.join(tmpdir(), "tapview-nginx-"));
  const port = await freePort();
  const config = path.join(folder, "nginx.conf");
  writeFileSync(config, configuration({ folder, port, upstream, accessToken }));
  const nginx = spawn(file, ["-p", folder, "-c", config], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  const end = () => void nginx.kill();
  process.once("exit", end);
  let output = "";
  nginx.stderr.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  const url = `http://127.0.0.1:${port}`;
  await until({ output: () => output }, async () => (await fetch(url)).status > 0);
  return {
    url,
    pid: nginx.pid ?? 0,
    stop: async () => {
      process.off("exit", end);
      if (nginx.kill()) await once(nginx, "exit");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** All it writes stays in its folder, so that it needs no rights; no master, so that it is one process. */
function configuration(to: {
  folder: string;
  port: number;
  upstream: string;
  accessToken: string;
}) {
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (kind) => `  ${kind}_temp_path ${path.join(to.folder, kind)};`,
  );
  return `daemon off;
master_process off;
error_log stderr;
pid ${path.join(to.folder, "nginx.pid")};
events { worker_connections 1024; }
http {
  access_log off;
${temporary.join("\n")}
  upstream cdn { server ${to.upstream}; keepalive 64; keepalive_requests 1000000000; }
  server {
    listen 127.0.0.1:${to.port};
    keepalive_requests 1000000000;
    location / {
      proxy_pass http://cdn;
      proxy_http_version 1.1;
      proxy_set_header Connection "";
      proxy_set_header Authorization "Bearer ${to.accessToken}";
      proxy_set_header User-Agent "floor/1.0";
      proxy_buffering off;
      # Without buffering this is how much it reads at once; 4 kB if left alone.
      proxy_buffer_size 64k;
      proxy_buffers 4 64k;
    }
  }
}
`;
}
