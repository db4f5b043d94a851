import { invalid } from "../../core/errors.ts";
import { newId } from "../../core/ids.ts";
import type { Ctx } from "../../core/work/context.ts";
import { reached, uploadKey } from "./bucket.ts";
import { MAX_UPLOAD_BYTES } from "./files.ts";
import { tokenOf } from "./token.ts";

/** How long an address without a key works. */
export const ADDRESS_MS = 3_600_000;

export interface NewUpload {
  id: string;
  url: string;
  maxBytes: number;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

/** Files for a website lie apart from those for the whole workspace. */
const keyOf = ({ caller }: Ctx, siteId: string | null, id: string): string =>
  uploadKey(caller, siteId === null ? id : `${siteId}/${id}`);

/** An address that takes one file to be imported, into the website or the whole workspace. */
export async function newUpload(ctx: Ctx, siteId: string | null = null): Promise<NewUpload> {
  const id = newId("upl", ctx.now);
  const { workspaceId, keyId } = ctx.caller;
  const expiresAt = ctx.now + ADDRESS_MS;
  const key = keyOf(ctx, siteId, id);
  const token = await tokenOf(ctx.env, { deed: "upload", key, workspaceId, keyId, expiresAt });
  return { id, url: `${ctx.origin}/archives/${token}`, maxBytes: MAX_UPLOAD_BYTES, expiresAt };
}

/** Where a file lies that was uploaded; `field` is what the caller names it by. */
export async function uploadedFile(ctx: Ctx, id: string, field: string, siteId: string | null = null): Promise<string> {
  const key = keyOf(ctx, siteId, id);
  const isThere = /^upl_[0-9A-Z]{26}$/.test(id) && (await reached(() => ctx.env.PUBLISHED.head(key)));
  if (!isThere) throw invalid(field, "is not a file that was uploaded");
  return key;
}
