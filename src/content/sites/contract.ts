import { z } from "@hono/zod-openapi";
import { bodiesOf } from "../../core/contract.ts";
import { CSS_VALUE, DOMAIN, spaced } from "../../core/patterns.ts";
import {
  line,
  looseObject,
  namedLike,
  LocaleSchema,
  SlugSchema,
  text,
  TimestampSchema,
  timestamp,
  timestampOrNull,
  PublicationStatusSchema,
} from "../../core/fields.ts";
import type { Picture } from "../../rendering/pictures.ts";
import { listQuery, SearchSchema } from "../list-query.ts";
import { BusinessSchema } from "./business.ts";
import { ReservationSettingsSchema } from "../reservation/settings/settings.ts";
import { BookingSettingsSchema } from "../booking/settings/settings.ts";
import { ShopSettingsSchema } from "../shop/settings/settings.ts";
import { MailSettingsSchema } from "./mail-settings.ts";
import { proofOf } from "./domain-claim.ts";
import type { sites } from "../../core/tenancy/sites/table.ts";
import { pathParams } from "../../core/http/path-params.ts";

const DomainSchema = text(253)
  .regex(new RegExp(spaced(DOMAIN)), "must be a domain name such as www.example.com")
  .trim()
  .toLowerCase()
  .meta({ maxLength: 253, example: "www.blue-door-bakery.example" });

/**
 * Settings of a site, ≤ 100 entries: free-form but for those that are named here; pictures and the time zone are checked by
 * `checkSettings`.
 */
const SettingsSchema = looseObject(200_000, {
  business: BusinessSchema.optional(),
  shop: ShopSettingsSchema.optional(),
  mail: MailSettingsSchema.optional(),
  reservation: ReservationSettingsSchema.optional(),
  booking: BookingSettingsSchema.optional(),
}).meta({
  example: { timezone: "Europe/Amsterdam", logo: "https://cdn.blue-door-bakery.example/logo.png" },
});

const TOKEN_NAME = /^[a-z][A-Za-z0-9]{0,49}$/;

/** Design tokens by name (`colorPrimary`, `fontBody`, `radiusCard`); values are CSS values without anything that ends one. */
const DesignTokensSchema = z
  .record(
    z.string().regex(TOKEN_NAME, "token names are camelCase"),
    text(200).regex(new RegExp(CSS_VALUE), "may not contain ; { } < >").meta({ maxLength: 200 }),
  )
  .refine((value) => Object.keys(value).length <= 100, "must have at most 100 entries")
  .meta({ maxProperties: 100, ...namedLike(TOKEN_NAME), example: { colorPrimary: "#1d4ed8", fontBody: "Inter" } });

export const DomainProofSchema = z
  .object({
    status: z.enum(["pending", "verified"]).meta({ description: "The domain is served once it is verified" }),
    record: z
      .object({ type: z.literal("TXT"), name: z.string(), value: z.string() })
      .meta({ description: "What is to be set in the domain's DNS, and to stay there" }),
  })
  .openapi("DomainProof", {
    example: {
      status: "pending",
      record: { type: "TXT", name: "_edge-cms.www.example.com", value: "site=site_01KAGW6PSZ0000000000000000" },
    },
  });

const fields = {
  name: line(200).meta({ example: "Blue Door Bakery" }),
  slug: SlugSchema,
  domain: DomainSchema.nullable(),
  status: PublicationStatusSchema,
  locale: LocaleSchema,
  locales: z
    .array(LocaleSchema)
    .min(1, "must name at least one locale")
    .max(50, "must have at most 50 locales")
    .meta({ uniqueItems: true }),
  settings: SettingsSchema,
  designTokens: DesignTokensSchema,
};

export const SiteSchema = z
  .object({
    id: z.string().meta({ example: "site_01KAGW6PSZ0000000000000000" }),
    ...fields,
    domainProof: DomainProofSchema.nullable().register(z.globalRegistry, {
      description: "How the domain is proven; null without one",
    }),
    version: z.int(),
    createdAt: TimestampSchema,
    updatedAt: TimestampSchema,
    publishedAt: TimestampSchema.nullable(),
  })
  .openapi("Site");

export type Site = z.infer<typeof SiteSchema>;

/** A site as a publish froze it, with the pictures of its own that its settings name. */
export interface FrozenSite extends Site {
  pictures?: Picture[];
}

export const SiteBodies = bodiesOf({
  label: "Site",
  fields,
  made: ["slug", "locale", "locales"],
  shown: SiteSchema,
  defaults: { domain: null, status: "draft", settings: {}, designTokens: {} },
  examples: { create: { name: "Blue Door Bakery", locale: "en" }, update: { name: "Blue Door Bakery & Café" } },
});

export type CreateSite = z.output<typeof SiteBodies.create>;
export type UpdateSite = z.output<typeof SiteBodies.update>;

/** A site as a whole: what was left out has its default, and a language follows from the others. The slug may be missing. */
export function wholeSite(body: CreateSite) {
  const filled = SiteBodies.fill(body);
  const locale = filled.locale ?? filled.locales?.[0] ?? "en";
  return { ...filled, locale, locales: filled.locales ?? [locale] };
}

export const SiteParams = pathParams("siteId");

export const ListSitesQuery = listQuery(["createdAt", "updatedAt", "name"], {
  status: PublicationStatusSchema.optional(),
  search: SearchSchema.optional(),
});

/** A site as the API shows it. */
export const toSite = (row: typeof sites.$inferSelect): Site => ({
  id: row.id,
  name: row.name,
  slug: row.slug,
  domain: row.domain,
  domainProof: proofOf(row),
  status: row.status,
  locale: row.locale,
  locales: row.locales,
  settings: row.settings as Site["settings"],
  designTokens: row.designTokens,
  version: row.version,
  createdAt: timestamp(row.createdAt),
  updatedAt: timestamp(row.updatedAt),
  publishedAt: timestampOrNull(row.publishedAt),
});
