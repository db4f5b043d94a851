import { eq } from "drizzle-orm";
import { DomainError, invalid } from "../../core/errors.ts";
import type { Ctx } from "../../core/work/context.ts";
import { addMedia } from "../media/service/add.ts";
import { discard } from "../media/service/collect.ts";
import { importMedia } from "../media/service/import.ts";
import { media } from "../media/table.ts";
import type { ArchivedRow } from "./kind.ts";
import type { FileBytes } from "./sources/source.ts";

interface Place {
  id: string;
  siteId: string;
}

/** What an earlier try has left of a file that never became one. */
const forgetTry = (ctx: Ctx, { id, siteId }: Place): Promise<void> =>
  discard(ctx.env, { id, siteId, workspaceId: ctx.caller.workspaceId });

/** Makes bytes the file of a record, under the record's id, with all that is said of it. */
export async function bringFile(ctx: Ctx, row: ArchivedRow, file: FileBytes | null): Promise<void> {
  const { id, siteId, filename, alt, folder, focalPoint, createdAt } = row as unknown as Place &
    Pick<typeof media.$inferSelect, "filename" | "alt" | "folder" | "focalPoint" | "createdAt">;
  if (!file) throw invalid("file", "is not in the archive");
  await forgetTry(ctx, { id, siteId });
  await addMedia({ ctx, input: { id, siteId, filename, alt, folder, field: "file", ...file } });
  ctx.unit.stage(ctx.db.update(media).set({ focalPoint, createdAt }).where(eq(media.id, id)));
  await ctx.unit.commit();
}

/** Fetches a picture that a text elsewhere shows, or takes it from the file that brings the text. */
export async function bringPicture(ctx: Ctx, row: ArchivedRow, file: FileBytes | null): Promise<void> {
  const { id, siteId, alt, url, filename } = row as unknown as Place & {
    alt: string;
    url: string | null;
    filename: string;
  };
  await forgetTry(ctx, { id, siteId });
  if (file) await addMedia({ ctx, input: { id, siteId, filename, alt, field: "file", ...file } });
  else if (url === null) throw invalid("file", "is not in the archive");
  else await importMedia({ ctx, input: { id, siteId, url, alt } });
  await ctx.unit.commit();
}

/** Whether bringing a file has failed for good, and the rest can come without it. */
export const isLost = (error: unknown): error is DomainError =>
  error instanceof DomainError && error.code !== "unavailable" && error.code !== "feature_limit_reached";
