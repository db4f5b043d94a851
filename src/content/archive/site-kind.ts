import { SITE_PICTURES } from "../../rendering/page/site-pictures.ts";
import { mediaIdIn } from "../../rendering/pictures.ts";
import { pictureAddress } from "../../rendering/text/address.ts";
import { SITE_EVENTS } from "../sites/events.ts";
import { parsed, fieldsOf, idOf, pastOr } from "./read-fields.ts";
import { ownedBy } from "../../core/storage/scoped.ts";
import { slugFrom } from "../../core/storage/slug.ts";
import { withMade } from "../../core/storage/folded.ts";
import { idTail } from "../../core/ids.ts";
import { invalid } from "../../core/errors.ts";
import { sites } from "../../core/tenancy/sites/table.ts";
import { SiteBodies, toSite, wholeSite } from "../sites/contract.ts";
import { newClaim } from "../sites/domain-claim.ts";
import { isOwnHost } from "../sites/own-hosts.ts";
import type { ArchivedRow, Kind } from "./kind.ts";

/** Settings without what would name a picture and is no address of one; that it is there is seen when it is shown. */
function withPictures(settings: Record<string, unknown>): Record<string, unknown> {
  const isShown = (value: unknown) =>
    typeof value === "string" && value.length <= 2_000 && (pictureAddress(value) !== null || mediaIdIn(value) !== null);
  const isKept = ([name, value]: [string, unknown]) =>
    !(SITE_PICTURES as readonly string[]).includes(name) || value === null || isShown(value);
  return Object.fromEntries(Object.entries(settings).filter(isKept));
}

/**
 * Websites with their settings. What visitors see of one is not in an archive: it is shown once it is published where it
 * has come to. Its domain comes along as a claim, to be proven there like any other.
 */
export const SITE_KIND: Kind = {
  name: "site",
  folder: "sites",
  table: sites,
  siteId: sites.id,
  order: [sites.createdAt, sites.id],
  ofWorkspace: true,
  readable: SITE_EVENTS.created,
  write: "sites:write",
  feature: "sites",
  created: SITE_EVENTS.created,
  slug: { column: sites.slug, beside: [] },
  show: (row) => {
    const { domainProof: _, publishedAt: __, ...site } = toSite(row as never);
    return site;
  },
  async read(record, { ctx }): Promise<ArchivedRow> {
    const id = idOf(record.id, "site");
    const whole = wholeSite(parsed(SiteBodies.create, fieldsOf(SiteBodies.create, record)));
    if (!whole.locales.includes(whole.locale))
      throw invalid("locales", `must contain the site's locale ${whole.locale}`);
    if (new Set(whole.locales).size !== whole.locales.length) throw invalid("locales", "names a locale twice");
    if (whole.domain !== null && isOwnHost(ctx.env, whole.domain)) throw invalid("domain", "is a host of this service");
    const settings = withPictures(whole.settings);
    const { seq: _, ...row } = withMade(sites, {
      seq: 0,
      id,
      ...ownedBy(ctx),
      ...whole,
      settings,
      slug: whole.slug ?? (await slugFrom(whole.name, `site-${idTail(id)}`)),
      ...newClaim(ctx.env, whole.domain, ctx.now),
      liveDeploymentId: null,
      version: 1,
      createdAt: pastOr(record.createdAt, ctx.now),
      updatedAt: ctx.now,
      publishedAt: null,
    });
    return { ...row, siteId: id };
  },
};
