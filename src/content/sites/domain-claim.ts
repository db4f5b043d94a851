import type { sites } from "../../core/tenancy/sites/table.ts";
import type { Env } from "../../env.ts";

type SiteRow = typeof sites.$inferSelect;
type Claim = Pick<SiteRow, "domainClaimedAt" | "domainVerifiedAt" | "domainCheckAt">;

/** Names nobody can own (RFC 6761); a development server and tests take them as they are. */
const RESERVED = /\.(?:localhost|test|example)$/;

/** What a new domain of a site begins with: it is pending, and looked for at once. */
export function newClaim({ RESERVED_DOMAINS }: Env, domain: string | null, now: number): Claim {
  if (domain === null) return { domainClaimedAt: null, domainVerifiedAt: null, domainCheckAt: null };
  return RESERVED_DOMAINS === "proven" && RESERVED.test(domain)
    ? { domainClaimedAt: now, domainVerifiedAt: now, domainCheckAt: null }
    : { domainClaimedAt: now, domainVerifiedAt: null, domainCheckAt: now };
}

/** What changes of a site's claim when its domain is set; setting a pending one again has it looked for at once. */
export function claimAfter(env: Env, before: SiteRow, domain: string | null | undefined, now: number): Partial<Claim> {
  if (domain === undefined || (domain === before.domain && before.domainVerifiedAt !== null)) return {};
  if (domain === before.domain) return domain === null ? {} : { domainCheckAt: now };
  return newClaim(env, domain, now);
}

/** The record that proves that the owner of a domain wants it to show this site, and no other. */
export const proofRecord = (domain: string, siteId: string) => ({
  type: "TXT" as const,
  name: `_edge-cms.${domain}`,
  value: `site=${siteId}`,
});

/** How the domain of a site is proven, as the API shows it. */
export function proofOf({ id, domain, domainVerifiedAt }: SiteRow) {
  if (domain === null) return null;
  const status = domainVerifiedAt === null ? ("pending" as const) : ("verified" as const);
  return { status, record: proofRecord(domain, id) };
}
