import { callerOf } from "../../../core/access/caller.ts";
import { DomainError } from "../../../core/errors.ts";
import { familyOf, type KeyRow } from "../../../core/tenancy/api-keys/table.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { type NewKey, withDefaults } from "./create.ts";
import { requireOwnSites } from "./own-sites.ts";
import { obstacleTo } from "./rights.ts";

/** What else decides whether a right can match, as the wire names it. */
const BESIDE_RIGHTS = {
  scopes: "scopes",
  accessType: "access_type",
  siteIds: "site_ids",
  accountAccess: "account_access",
} as const;

/**
 * Refuses settings that can never match, naming them: sites that the key cannot use, methods of a right that its scopes,
 * access type or sites never allow, those where they would leave none of its rights, and to be left with neither. `before` is
 * the key that is changed.
 */
export async function requireUsable(ctx: Ctx, named: Partial<NewKey>, before: KeyRow | null): Promise<void> {
  await requireOwnSites(ctx, named, before);
  const settings = before ? { ...before, ...named } : withDefaults(ctx, named as NewKey);
  const taken = (["rights", "scopes"] as const).find((name) => named[name] === null);
  if (taken && !settings.scopes && !settings.rights) refuse([[taken, ["leaves the key neither scopes nor rights"]]]);
  const [setBeside] = Object.entries(BESIDE_RIGHTS).filter(([name]) => name in named);
  if (!settings.rights || !(named.rights || setBeside)) return;
  // Without its rights: what they allow is what they are.
  const powers = { ...settings, scopes: settings.scopes ?? ["*"], rights: null };
  const { workspaceId, workspace } = ctx.caller;
  const identity = {
    keyId: before?.id ?? 0,
    familyId: before ? familyOf(before) : 0,
    version: "",
    prefix: "",
    endsAt: null,
    workspaceId,
    workspace,
  };
  const caller = callerOf({ ...powers, ...identity });
  const wrong: [field: string, messages: string[]][] = [];
  let count = 0;
  for (const [row, right] of settings.rights.entries()) {
    for (const [column, method] of right.methods.entries()) {
      count += 1;
      const obstacle = await obstacleTo(ctx, caller, right, method);
      if (obstacle !== null) wrong.push([`rights.${row}.methods.${column}`, [`can never match: ${obstacle}`]]);
    }
  }
  if (named.rights) refuse(wrong);
  else if (setBeside && wrong.length === count) refuse([[setBeside[1], ["leaves the key none of its rights"]]]);
}

function refuse(fields: [field: string, messages: string[]][]): void {
  const [first] = fields;
  if (!first) return;
  throw new DomainError("validation_failed", `${first[0]}: ${first[1][0]}`, { fields: Object.fromEntries(fields) });
}
