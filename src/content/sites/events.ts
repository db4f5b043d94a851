import { defineEvents } from "../../core/events/define.ts";
import { SAMPLE_AT, sampleId } from "../../core/events/sample.ts";
import { timestamp } from "../../core/fields.ts";
import type { Site } from "./contract.ts";

const sample: Site = {
  id: sampleId("site"),
  name: "Blue Door Bakery",
  slug: "blue-door-bakery",
  domain: null,
  domainProof: null,
  status: "draft",
  locale: "en",
  locales: ["en"],
  settings: {},
  designTokens: {},
  version: 1,
  createdAt: timestamp(SAMPLE_AT),
  updatedAt: timestamp(SAMPLE_AT),
  publishedAt: null,
};
const live = { status: "published", publishedAt: timestamp(SAMPLE_AT) } as const;

export const SITE_EVENTS = defineEvents({
  noun: "site",
  scope: "sites:read",
  integrations: true,
  readAt: ["/v1/sites", "/v1/sites/{siteId}"],
  sample,
  verbs: {
    created: {},
    updated: { version: 2 },
    published: { ...live, version: 2 },
    rolled_back: { ...live, version: 4 },
  },
});
