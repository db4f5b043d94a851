import { boundsOf } from "../../../core/access/caller.ts";
import type { KeyPolicy } from "../../../core/keys/policy.ts";
import type { Right } from "../../../core/keys/rights.ts";
import { beyond, SCOPES } from "../../../core/keys/scopes.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { DomainError } from "../../../core/errors.ts";
import { tierRank } from "../../../core/limits/plans.ts";
import { endOf } from "../../../core/tenancy/api-keys/standing.ts";
import { isBlockWithin } from "./address-blocks.ts";

/** What a key may do, as far as handing it on is concerned. */
export type Powers = Pick<
  KeyPolicy,
  | "environment"
  | "scopes"
  | "rights"
  | "siteIds"
  | "accountAccess"
  | "accessType"
  | "attributes"
  | "channels"
  | "rateLimitTier"
  | "monthlyCap"
  | "allowedIps"
  | "expiresAt"
> &
  Partial<Pick<KeyPolicy, "endsAt">>;

/** Integrations keys are a part of admin keys, admin keys of transactional ones (document 003). */
const ACCESS_RANK = { integrations: 0, admin: 1, transactional: 2 };

const tooMuch = (what: string, detail: string): DomainError =>
  new DomainError("forbidden", `An API key can neither grant nor end more than it has itself: ${detail}.`, {
    reason: `beyond_${what}`,
  });

/** `null` stands for everything, so a list is within another only if that one is `null` or holds all of it. */
const isSubset = (own: readonly string[] | null, wanted: readonly string[] | null): boolean =>
  own === null || wanted?.every((entry) => own.includes(entry)) === true;

/** Of attributes, channels and addresses an empty list stands for everything as well (document 003). */
const orAll = (list: readonly string[] | null): readonly string[] | null => (list?.length ? list : null);

/** A right is within another that names the same endpoint (or all), at least its methods, and no further condition. */
const coversRight = (own: Right, wanted: Right): boolean =>
  (own.endpoint === "*" || own.endpoint === wanted.endpoint) &&
  (own.methods.includes("*") || wanted.methods.every((method) => own.methods.includes(method))) &&
  Object.entries(own.query ?? {}).every(([name, value]) => wanted.query?.[name] === value);

/**
 * Refuses powers beyond the caller's own, whichever way they would be gained (docs/contract.md §1). Jobs of ours have
 * no bounds.
 */
export function requireWithin(ctx: Ctx, wanted: Powers): void {
  const own = boundsOf(ctx.caller);
  if (!own) return;
  if (own.environment === "sandbox" && wanted.environment === "live")
    throw tooMuch("environment", "it is a sandbox key");
  // Without scopes, rights alone decide: that reaches every scope.
  const missing = beyond(own.scopes ?? SCOPES, wanted.scopes ?? SCOPES);
  if (missing.length > 0) throw tooMuch("scopes", `it does not hold ${missing.slice(0, 5).join(", ")}`);
  if (own.rights && !wanted.rights) throw tooMuch("rights", "its own rights are limited");
  const alien = own.rights && wanted.rights?.find((right) => !own.rights?.some((it) => coversRight(it, right)));
  if (alien) throw tooMuch("rights", `it has no such right on ${alien.endpoint}`);
  if (!isSubset(own.siteIds, wanted.siteIds)) throw tooMuch("sites", "it is limited to certain sites");
  if (wanted.accountAccess && !own.accountAccess) throw tooMuch("account_access", "it is kept to its workspace");
  if (ACCESS_RANK[wanted.accessType] > ACCESS_RANK[own.accessType])
    throw tooMuch(
      "access_type",
      `its access type is ${own.accessType}, and a key of access type ${wanted.accessType} takes one of that type (access_type)`,
    );
  if (own.accessType === "integrations") {
    if (!isSubset(orAll(own.attributes), orAll(wanted.attributes)))
      throw tooMuch("attributes", "its attributes are limited");
    if (!isSubset(orAll(own.channels), orAll(wanted.channels))) throw tooMuch("channels", "its channels are limited");
  }
  const wantedTier = wanted.rateLimitTier ?? ctx.caller.workspace.tier;
  if (tierRank(wantedTier) > tierRank(own.rateLimitTier ?? own.workspace.tier)) {
    throw tooMuch("tier", `its own tier is ${own.rateLimitTier ?? own.workspace.tier}`);
  }
  if (own.monthlyCap !== null && (wanted.monthlyCap === null || wanted.monthlyCap > own.monthlyCap)) {
    throw tooMuch("monthly_cap", `its own monthly cap is ${own.monthlyCap}`);
  }
  if (!isWithinAddresses(orAll(own.allowedIps), orAll(wanted.allowedIps)))
    throw tooMuch("allowed_ips", "its addresses are limited");
  const [ownEnd, wantedEnd] = [endOf(own), endOf({ endsAt: null, ...wanted })];
  if (ownEnd !== null && (wantedEnd === null || wantedEnd > ownEnd)) throw tooMuch("expiry", "it ends earlier");
}

/**
 * Refuses to end, or to look into, a key that the caller could not have made: the one rule of changing, rotating,
 * revoking and simulating. Its own key everybody may end.
 */
export function requirePowerOver(ctx: Ctx, key: Powers & { id: number }): void {
  if (key.id !== ctx.caller.keyId) requireWithin(ctx, key);
}

/** A key with a monthly cap makes no keys, whose calls would not count towards it. Replacing itself is no such thing. */
export function requireUncapped(ctx: Ctx): void {
  if ((boundsOf(ctx.caller)?.monthlyCap ?? null) === null) return;
  throw new DomainError(
    "forbidden",
    "An API key with a monthly cap cannot make API keys; it can only replace itself.",
    {
      reason: "monthly_cap",
    },
  );
}

/** The same question, to be answered rather than refused. */
export function hasPowerOver(ctx: Ctx, key: Powers & { id: number }): boolean {
  try {
    requirePowerOver(ctx, key);
    return true;
  } catch (error) {
    if (error instanceof DomainError) return false;
    throw error;
  }
}

/** Whether every wanted address or block lies in one of the caller's. */
function isWithinAddresses(own: readonly string[] | null, wanted: readonly string[] | null): boolean {
  if (own === null) return true;
  return wanted?.every((entry) => own.some((rule) => isBlockWithin(rule, entry))) === true;
}

/** What a new key gets where its maker names nothing: the maker's own bounds. */
export function inheritedPowers(ctx: Ctx): Partial<Powers> {
  const own = boundsOf(ctx.caller);
  if (!own) return {};
  const { siteIds, rights, attributes, channels, rateLimitTier, environment, allowedIps } = own;
  const accessType = own.accessType === "transactional" ? "admin" : own.accessType;
  const limits = { rateLimitTier, allowedIps, expiresAt: endOf(own) };
  return { siteIds, rights, attributes, channels, environment, accessType, ...limits };
}
