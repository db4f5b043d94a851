import { and, eq, isNull } from "drizzle-orm";
import type { z } from "@hono/zod-openapi";
import { isLimited } from "../../../core/keys/attributes.ts";
import { DomainError, notFound } from "../../../core/errors.ts";
import { timestamp } from "../../../core/fields.ts";
import { signLink, verifyLink } from "../../../core/links.ts";
import { databaseOf } from "../../../core/storage/database.ts";
import { workspaces } from "../../../core/tenancy/workspaces/table.ts";
import type { Ctx } from "../../../core/work/context.ts";
import type { Env } from "../../../env.ts";
import { belowOf, findItem } from "../../resource/find.ts";
import type { FileLinkSchema } from "./contract.ts";
import { SUBMISSIONS } from "./resource.ts";
import { formFiles, type SubmissionRow } from "./table.ts";

/** How long a link to a file is good. */
export const LINK_MS = 15 * 60_000;

const CONTEXT = "form-file";
const signed = (fileId: string, expires: number): string => `${fileId}:${expires}`;

interface Named {
  siteId: string;
  formId: string;
  submissionId: string;
  fileId: string;
}

/** A link that opens a file of a submission to whoever has it, for a while. Throws `forbidden` where files may not be seen. */
export async function linkToFile({ ctx, input }: { ctx: Ctx; input: Named }): Promise<z.output<typeof FileLinkSchema>> {
  const { siteId, formId, submissionId, fileId } = input;
  const isOfForm = belowOf(SUBMISSIONS, formId);
  const row = (await findItem(ctx, SUBMISSIONS, { siteId, id: submissionId }, isOfForm)) as SubmissionRow;
  if (!row.files.some(({ id }) => id === fileId)) throw notFound("File");
  if (isLimited(ctx.caller, SUBMISSIONS.name) && !("files" in SUBMISSIONS.verbs.show(ctx, row))) {
    throw new DomainError("forbidden", "This key may not see the files of submissions.");
  }
  const expires = ctx.now + LINK_MS;
  const token = await signLink(ctx.env, CONTEXT, signed(fileId, expires));
  const query = new URLSearchParams({ expires: String(expires), token });
  return { url: `${ctx.origin}/form-files/${fileId}?${query}`, expiresAt: timestamp(expires) };
}

/** What serving a file needs to know of it. */
export interface LinkedFile {
  id: string;
  siteId: string;
  filename: string;
  contentType: string;
  size: number;
}

/** The file of a link; `null` for every link that is none, or no longer good, and for a file that is gone. */
export async function fileOfLink(
  env: Env,
  { fileId, expires, token }: { fileId: string; expires: string; token: string },
  now: number,
): Promise<LinkedFile | null> {
  const until = /^\d{13}$/.test(expires) ? Number(expires) : 0;
  if (until <= now || !(await verifyLink(env, CONTEXT, signed(fileId, until), token))) return null;
  const { id, siteId, filename, contentType, size } = formFiles;
  const [row] = await databaseOf(env, 0)
    .select({ id, siteId, filename, contentType, size })
    .from(formFiles)
    .innerJoin(workspaces, and(eq(workspaces.id, formFiles.workspaceId), isNull(workspaces.deletedAt)))
    .where(eq(id, fileId));
  return row ?? null;
}
