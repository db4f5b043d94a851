import type { Ctx } from "../../../core/work/context.ts";
import { publicKeyOf } from "../../../push/keys.ts";
import type { VisitedSite } from "../../live/public.ts";

/** The key that pages of a published site subscribe with, made when it is first asked for. */
export const pushKeyOf = async (
  { env }: Pick<Ctx, "env">,
  { siteId, tenant }: Pick<VisitedSite, "siteId" | "tenant">,
): Promise<{ publicKey: string }> => ({ publicKey: await publicKeyOf(env, { ...tenant, siteId }) });
