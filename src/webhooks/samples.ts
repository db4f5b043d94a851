import type { EventType } from "../core/events/catalogue.ts";

const AT = "2026-01-15T10:30:00Z";
const AT_MS = "2026-01-15T10:30:00.000Z";
const SITE_ID = "site_01KAGW6PSZ0000000000000000";

const site = {
  id: SITE_ID,
  name: "Blue Door Bakery",
  slug: "blue-door-bakery",
  domain: null,
  status: "published",
  locale: "en",
  locales: ["en"],
  settings: {},
  designTokens: {},
  version: 2,
  createdAt: AT_MS,
  updatedAt: AT_MS,
  publishedAt: AT_MS,
};

const page = {
  id: "page_01KAGW6PSZ0000000000000000",
  siteId: SITE_ID,
  title: "Contact",
  slug: "contact",
  status: "published",
  locale: "en",
  translationOf: null,
  translations: [],
  blocks: [{ type: "HeroSection", props: { title: "Fresh bread, every morning" } }],
  seo: { title: null, description: null, ogImage: null, noIndex: false },
  navigation: { label: null, order: 0, hidden: false },
  parentId: null,
  version: 1,
  createdAt: AT_MS,
  updatedAt: AT_MS,
  publishedAt: AT_MS,
};

const post = {
  id: 1,
  title: "Hello",
  slug: "hello",
  excerpt: null,
  content: "<p>First post</p>",
  status: "published",
  tags: ["news"],
  site_id: null,
  author_id: null,
  published_at: AT,
  created_at: AT,
  updated_at: AT,
};

const apiKey = {};
const usage = {};
const workspace = {};
const webhook = {};

/** One made-up item for each kind of event, shaped as the resource's own GET answers it. */
const SAMPLES: Record<string, unknown> = { site, page, post, api_key: apiKey, usage, workspace, webhook };

/** What a webhook of this type might carry as `data`. */
export function sampleOf(type: EventType | "webhook.test"): unknown {
  if (type === "webhook.test") return { message: "This is a test of your webhook endpoint." };
  return SAMPLES[type.split(".")[0] as string];
}
