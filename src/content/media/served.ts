import { and, eq, isNull } from "drizzle-orm";
import { databaseOf } from "../../core/storage/database.ts";
import { workspaces } from "../../core/tenancy/workspaces/table.ts";
import type { Env } from "../../env.ts";
import { livePointer } from "../live/cache.ts";
import { type MediaType, media } from "./table.ts";

/** What serving a file needs to know of it. */
export interface Served {
  id: string;
  siteId: string;
  type: MediaType;
  contentType: string;
  size: number;
  filename: string;
  width: number | null;
}

/** The file of an id, whoever asks; `null` when there is none. A deleted one is served for a second more at most. */
export const servedMedia = (env: Env, id: string): Promise<Served | null> =>
  livePointer(`media:${id}`, async () => {
    const { siteId, type, contentType, size, filename, width } = media;
    const [row] = await databaseOf(env, 0)
      .select({ id: media.id, siteId, type, contentType, size, filename, width })
      .from(media)
      .innerJoin(workspaces, and(eq(workspaces.id, media.workspaceId), isNull(workspaces.deletedAt)))
      .where(eq(media.id, id));
    return row ?? null;
  });
