import { buildErrorMessage, createServerModuleRunner } from "vite";
import { sendProblem } from "./problem.mjs";

/**
 * The server's listener with the app behind it, out of one graph of modules, so that database,
 * environment and log are there once. Vite has what was edited evaluated anew, and all that imports
 * it, at the next request.
 */
export function createApp(vite) {
  let modules = createRunner();
  let loading = Promise.resolve();
  let renewal = Promise.resolve();
  let problem;
  return { answer, load, renew, end: closeDatabase };

  function createRunner() {
    return createServerModuleRunner(vite.environments.ssr, { hmr: false });
  }

  async function answer(req, res) {
    try {
      const { listener } = await load();
      listener(req, res);
    } catch (error) {
      sendProblem(res, error);
    }
  }

  /** @returns {Promise<object>} rejects with what is broken, after the terminal and open pages were told */
  function load() {
    loading = renewal.then(() => modules.import("/server/development.ts")).then(isFine, tell);
    return loading;
  }

  function isFine(loaded) {
    // Takes the report off open pages.
    if (problem) vite.ws.send({ type: "update", updates: [] });
    problem = undefined;
    return loaded;
  }

  function tell(error) {
    if (error !== problem) {
      console.error(buildErrorMessage(error, [`The app doesn't load: ${error.message}`]));
      report(error);
    }
    problem = error;
    throw error;
  }

  /** To open pages. Where there is none, Vite would keep it for the next, which may well be fine. */
  function report({ message, stack, id, frame, plugin, loc }) {
    if (vite.ws.clients.size === 0) return;
    // A page whose first update takes a report off loads itself anew.
    vite.ws.send({ type: "update", updates: [] });
    vite.ws.send({ type: "error", err: { message, stack, id, frame, plugin, loc } });
  }

  /** Evaluates every module anew, and opens the database anew. Requests wait for it. */
  function renew() {
    // Half-way through, it would open the database while that is being closed.
    const before = loading.catch(() => {});
    renewal = renewal
      .then(() => before)
      .then(closeDatabase)
      .then(() => {
        modules = createRunner();
      });
  }
}

/** Known by the name that app/process/database.server.ts gives it: that module may be broken by now. */
async function closeDatabase() {
  const opening = globalThis.openDatabase;
  delete globalThis.openDatabase;
  const database = await opening?.catch(() => {});
  await database?.close();
}
