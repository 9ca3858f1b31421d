import path from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { type App, startApp } from "#tests/support/app/app.ts";
import { removeTemporaryFolder, temporaryFolder } from "#tests/support/app/temporary-folder.ts";

const LOG_REQUESTS = new URL("./log-requests.mjs", import.meta.url).href;

/** One build of this project, started on an embedded database of its own. */
export interface Build {
  name: string;
  app: App;
  /** Requests for a file that came to the server, its pages not counted. */
  requests(mediaId: string): number;
  /** Ends it. @returns the audit log's lines of each file */
  stop(): Promise<Map<string, number>>;
}

/** @param folder the build's top folder: one with node_modules and build */
export async function startBuild(name: string, folder: string): Promise<Build> {
  const dataDir = temporaryFolder();
  const app = await startApp({ folder, dataDir, nodeArgs: ["--import", LOG_REQUESTS] });
  return {
    name,
    app,
    requests: (mediaId) =>
      app.logs().filter(({ event, url }) => {
        const path = event === "bench.request" ? String(url).split("?")[0] : undefined;
        return path === `/media/${mediaId}`;
      }).length,
    stop: async () => {
      await app.stop();
      const views = await countViews(dataDir);
      removeTemporaryFolder(dataDir);
      return views;
    },
  };
}

async function countViews(dataDir: string): Promise<Map<string, number>> {
  const database = new PGlite(path.join(dataDir, "postgres"));
  try {
    const { rows } = await database.query<{ media_id: string; views: number }>(
      "select media_id, count(*)::int as views from media_views group by media_id",
    );
    return new Map(rows.map(({ media_id, views }) => [media_id, views]));
  } finally {
    await database.close();
  }
}
