import { defineEvents } from "../../core/events/define.ts";
import { SAMPLE_AT, sampleId } from "../../core/events/sample.ts";
import { timestamp } from "../../core/fields.ts";
import type { Page } from "./contract.ts";

const sample: Page = {
  id: sampleId("page"),
  siteId: sampleId("site"),
  title: "Contact",
  slug: "contact",
  status: "draft",
  locale: "en",
  translationOf: null,
  blocks: [{ type: "HeroSection", props: { title: "Fresh bread, every morning" } }],
  seo: { title: null, description: null, ogImage: null, noIndex: false },
  navigation: { label: null, order: 0, hidden: false },
  parentId: null,
  publishAt: null,
  version: 1,
  createdAt: timestamp(SAMPLE_AT),
  updatedAt: timestamp(SAMPLE_AT),
  publishedAt: null,
};

export const PAGE_EVENTS = defineEvents({
  noun: "page",
  scope: "pages:read",
  integrations: true,
  readAt: ["/v1/sites/{siteId}/pages", "/v1/sites/{siteId}/pages/{pageId}"],
  sample,
  verbs: {
    created: {},
    updated: { version: 2 },
    deleted: {},
    published: { status: "published", version: 2, publishedAt: timestamp(SAMPLE_AT) },
  },
});
