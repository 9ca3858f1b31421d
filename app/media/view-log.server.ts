import { type MediaView, recordMediaViews } from "#app/models/media/media-views.server.ts";
import type { CompanyScope } from "#app/models/scope.server.ts";
import { log } from "#app/process/log.server.ts";

type Write = (scope: CompanyScope, views: readonly MediaView[]) => Promise<void>;

/**
 * Writes media views down, each at once while there are few. Those of a company that end while one
 * of it is being written wait for it and are then written together.
 */
export function createViewLog(write: Write) {
  const waiting = new Map<number, MediaView[]>();

  return { add };

  function add(scope: CompanyScope, view: MediaView): void {
    const others = waiting.get(scope.companyId);
    if (others) {
      others.push(view);
      return;
    }
    waiting.set(scope.companyId, []);
    void writeAll(scope, [view]);
  }

  async function writeAll(scope: CompanyScope, first: MediaView[]): Promise<void> {
    for (let views = first; views.length > 0; views = take(scope))
      await writeTogether(scope, views);
    waiting.delete(scope.companyId);
  }

  function take({ companyId }: CompanyScope): MediaView[] {
    const views = waiting.get(companyId) ?? [];
    waiting.set(companyId, []);
    return views;
  }

  /** One view that the database doesn't take must not cost the others. */
  async function writeTogether(scope: CompanyScope, views: MediaView[]): Promise<void> {
    try {
      await write(scope, views);
    } catch (error) {
      const [view] = views;
      if (views.length > 1) for (const view of views) await writeTogether(scope, [view]);
      else if (view) {
        const { mediaId, userId } = view;
        log.error({ event: "media.view_not_recorded", mediaId, userId, err: error });
      }
    }
  }
}

export const viewLog = createViewLog(recordMediaViews);
