import { eq } from "drizzle-orm";
import { DomainError } from "../../../core/errors.ts";
import { newId } from "../../../core/ids.ts";
import { ownedBy } from "../../../core/storage/scoped.ts";
import { workspaces } from "../../../core/tenancy/workspaces/table.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { apart } from "../../media/service/apart.ts";
import { discard } from "../../media/service/collect.ts";
import { keepRoom, takeRoom } from "../../media/service/room.ts";
import { receive } from "../../media/store.ts";
import { bareType } from "../../media/types.ts";
import { type ChosenFile, type Complaint, takesType, wrongType } from "./answers.ts";
import { formFiles, type SubmittedFile } from "./table.ts";

const MAX_NAME = 200;

/** The name a sender has given a file, on one line; folders of his are none of ours. */
const nameOf = (name: string): string =>
  [...(name.split(/[/\\]/).at(-1) ?? "").replace(/[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu, "").trim()]
    .slice(-MAX_NAME)
    .join("") || "file";

/** Somebody of the workspace whose plan decides what room there is: a visitor has none of his own. */
async function withPlan(ctx: Ctx): Promise<Ctx> {
  const { workspaceId, workspace } = ctx.caller;
  const [row] = await ctx.db.select({ tier: workspaces.tier }).from(workspaces).where(eq(workspaces.id, workspaceId));
  const caller = { ...ctx.caller, workspace: { ...workspace, tier: row?.tier ?? workspace.tier } };
  return { ...ctx, caller } as Ctx;
}

/**
 * Puts files into the bucket, each once there is room for it, which is kept before. They are nobody's until the commit
 * that `stageFiles` stages; those it never comes to are discarded, or collected.
 */
export async function storeFiles(
  ctx: Ctx,
  siteId: string,
  chosen: readonly ChosenFile[],
): Promise<{ files: SubmittedFile[]; complaints: Complaint[] }> {
  const files: SubmittedFile[] = [];
  if (chosen.length === 0) return { files, complaints: [] };
  const planned = await withPlan(ctx);
  try {
    for (const { field, file } of chosen) {
      const complaint = await storeFile(planned, siteId, { field, file }, files);
      if (complaint) {
        await discardFiles(ctx, siteId, files);
        return { files: [], complaints: [complaint] };
      }
    }
  } catch (error) {
    await discardFiles(ctx, siteId, files);
    throw error;
  }
  return { files, complaints: [] };
}

/** Stores one file and adds it to the list; answers what is wrong with it. */
async function storeFile(
  ctx: Ctx,
  siteId: string,
  { field, file }: ChosenFile,
  files: SubmittedFile[],
): Promise<Complaint | null> {
  const { size } = file;
  const declared = bareType(file.type || "application/octet-stream");
  try {
    const arrived = await receive({ body: file.stream(), size, declared, field: field.name });
    const { contentType } = arrived;
    if (!takesType(field, contentType)) return wrongType(field);
    const kept = { id: newId("ffil", ctx.now), field: field.name, filename: nameOf(file.name), contentType, size };
    const before = apart(ctx);
    keepRoom(before, { id: kept.id, siteId, filename: kept.filename, size });
    await before.unit.commit();
    files.push(kept);
    await arrived.put(ctx.env, { siteId, mediaId: kept.id });
    return null;
  } catch (error) {
    if (!(error instanceof DomainError)) throw error;
    if (error.code === "validation_failed") return wrongType(field);
    if (error.code === "feature_limit_reached") return { field: field.name, code: "room" };
    throw error;
  }
}

/** Stages that stored files are those of a submission. */
export function stageFiles(
  ctx: Ctx,
  { siteId, submissionId, files }: { siteId: string; submissionId: string; files: readonly SubmittedFile[] },
): void {
  for (const { id, filename, contentType, size } of files) {
    takeRoom(ctx, id);
    ctx.unit.stage(
      ctx.db.insert(formFiles).values({ id, ...ownedBy(ctx), siteId, submissionId, filename, contentType, size }),
    );
  }
}

/** Takes files that came to nothing out of the bucket again; those of a commit that was made after all are left alone. */
export async function discardFiles(ctx: Ctx, siteId: string, files: readonly SubmittedFile[]): Promise<void> {
  for (const { id } of files) await discard(ctx.env, { id, siteId, workspaceId: ctx.caller.workspaceId });
}
