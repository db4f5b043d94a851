import type { Ctx } from "../work/context.ts";
import { DomainError } from "../errors.ts";

/** The answer to a key limited to certain sites that names another one of its workspace (docs/contract.md §1). */
export const siteNotAllowed = (): DomainError =>
  new DomainError("forbidden", "API key is not allowed to use this site", { reason: "site" });

/** Refuses a key limited to certain sites what is not about any one of them; `deed` says what, as in "create a site". */
export function requireAllSites(ctx: Ctx, deed: string): void {
  if (ctx.caller.siteIds === null) return;
  throw new DomainError("forbidden", `An API key limited to certain sites cannot ${deed}.`, { reason: "site" });
}
