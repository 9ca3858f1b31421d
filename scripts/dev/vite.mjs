import { EventEmitter } from "node:events";
import { relative } from "node:path";
import { createServer } from "vite";

/** What browsers ask of Vite. It sees nothing else. */
const OF_VITE = /^\/(@(id|fs|vite)\/|app\/|node_modules\/|__open-in-editor\?)/;
/** What the process holds once: the database, the environment, the log, the list of public files. */
const HELD = /^(db|app\/process|public)\/(?!.*(\/testing\/|\.test\.tsx?$))/;
/** What is read at the start, and never again. */
const OF_THE_START = /^(scripts\/dev\/|server\/limits\.ts$|vite\.config\.|remix\.config\.|\.env$)/;

/** Our server's requests for a websocket: Vite listens nowhere itself. */
const upgrades = new EventEmitter();

/**
 * @param {{ module: Function, held: Function, start: Function }} changed is told of each edit by
 * what it needs: its module anew, all that the process holds, or another start
 * @throws when a config or app/routes.ts can't be read
 */
export async function startVite(changed) {
  const vite = await createServer({
    appType: "custom",
    clearScreen: false,
    plugins: [leaveOutHeld()],
    server: {
      middlewareMode: true,
      hmr: { server: upgrades },
      cors: false,
      fs: { allow: ["app", "node_modules"] },
      watch: {
        ignored: ["**/.data/**", "**/build/**"],
        // Otherwise a file may be read when it is half written, and of two edits within 50 ms the
        // second is never heard of.
        awaitWriteFinish: { stabilityThreshold: 50, pollInterval: 10 },
      },
    },
  });
  vite.watcher.on("all", (_event, path) => {
    const file = relative(vite.config.root, path);
    const needs = OF_THE_START.test(file) ? "start" : HELD.test(file) ? "held" : "module";
    changed[needs](file);
  });
  return vite;
}

/** Open pages must not ask for anything while the database is opened anew. */
function leaveOutHeld() {
  return {
    name: "leave-out-held",
    hotUpdate: {
      order: "pre",
      handler({ file, server }) {
        return HELD.test(relative(server.config.root, file)) ? [] : undefined;
      },
    },
  };
}

/**
 * Lets Vite answer what browsers ask of it, past our own walls.
 *
 * @param {import("node:http").RequestListener} app answers all else
 */
export function behindVite(vite, app) {
  return (req, res) => {
    if (!OF_VITE.test(req.url)) return app(req, res);
    vite.middlewares(req, res, () =>
      res
        .writeHead(404)
        .end("Vite has no such file, or the terminal says what is wrong with it.\n"),
    );
  };
}

/** Lets Vite have a server's websockets. */
export function shareUpgrades(server) {
  server.on("upgrade", (req, socket, head) => {
    const isForVite = /^vite-(hmr|ping)$/.test(req.headers["sec-websocket-protocol"]);
    if (!isForVite || !upgrades.emit("upgrade", req, socket, head)) socket.destroy();
  });
}
