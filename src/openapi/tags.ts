/** What holds for all operations. */
export const INTRODUCTION = [
  "Content, commerce and publishing over HTTPS with an API key.",
  "**Keys** go into `X-Api-Key` or `Authorization: Bearer`. A sandbox key works on the same host with data of its own: nothing it publishes or sends leaves.",
  "**Lists** on `/v1` give `pagination.nextCursor` for the next page; on `/api/v1` they have numbered pages and `links`. `created_after` and `updated_after` begin after the moment they name, `created_before` and `updated_before` end with it.",
  "**Limits.** `X-RateLimit-*` tell what is left on every answer. A 429 names the limit, and `Retry-After` how many seconds to wait.",
  "**Repeating.** `Idempotency-Key` on any write: the same call with the same key within 24 hours gives the same answer and does nothing twice.",
  "**Versions.** `ETag` with `If-None-Match` spares unchanged answers; with `If-Match` a write is refused once the resource has changed.",
  "**Errors** have a code for programs and a message for people. New codes, events and other names may come: treat unknown ones as you treat the unknown.",
].join("\n\n");

/** What each group of operations is about, as the published description introduces it. A tag without a line here fails the lint. */
export const TAG_DESCRIPTIONS: Record<string, string> = {
  Account: "The key that makes the call, and what its workspace has used this month.",
  Health: "Whether the API is up, how fast its parts answer, and how reliable they were.",
  Sites: "The websites of a workspace.",
  Pages: "The pages of a website: blocks, SEO, navigation, languages.",
  Import: "Bringing in what another system has exported.",
  Media: "Pictures, videos and documents of a website: uploaded, described, served in the sizes that are asked for.",
  Delivery: "The published content of a website, and its tables for systems that exchange items.",
  Trash: "What of a website was deleted within thirty days, and how it comes back.",
  Shop: "Products, coupons and orders of a website. Money is in minor units of its currency.",
  Storefront:
    "What visitors of a website's shop do without a key: price a cart, order, look at their order, cancel it.",
  Forms: "Forms of the website's pages, and what visitors have sent by them.",
  "Bookings of visitors":
    "What visitors of a website book and reserve without a key: free times, a booking, and what becomes of it by its link.",
  Loyalty: "Members who collect points for what they buy, the ledger of those points, and rewards to redeem.",
  Push: "Notifications and mails to those who have asked for them: who has subscribed, and campaigns to all of them.",
  Mail: "Mails of a website: addresses it does not write to, templates, and single messages to one person.",
  Booking: "Services, who does them and when, free slots and appointments, by the clock of the website's time zone.",
  Reviews: "What customers say of a shop and its products: moderated, answered, averaged.",
  Reservations: "The tables of a restaurant, what is free of them, and the parties they are kept for.",
  Batch: "Several calls in one.",
  Blocks: "What pages are made of: the types of blocks, with their properties.",
  Publishing: "Immutable deployments of a website: publish, queue, cancel, roll back.",
  Redirects: "Where the addresses of a former website lead.",
  Previews: "Links to a draft, for people without a key: of one page, or of all that the next publish would change.",
  AI: "Drafts, translations and suggestions by a language model. What it makes is never published by itself.",
  Jobs: "Work that goes on after its call was answered: how far it is, what it has made, cancelling it.",
  "API keys": "Keys, their scopes, limits and whole life: create, import, rotate, deactivate, revoke.",
  Workspaces: "Tenants: their tier, their settings, their end.",
  "Audit log": "Who changed what, and when.",
  Events: "What has happened in a workspace, in order.",
  Webhooks: "Events posted to an address of yours: signed, tried again for two days, replayable.",
  Entitlements: "What a workspace's plan includes, and how much of it is used.",
  Posts: "Articles and their life from draft to publication.",
  Users:
    "The members of a workspace. The API shows them and makes none: the first one, its owner, is named when the workspace is set up, others by their own in the dashboard.",
  SEO: "Reports on how pages present themselves to search engines.",
  MCP: "What a language model may do with a workspace, as the Model Context Protocol puts it: servers, tools, resources.",
  Analytics: "What the pixel has counted of a website's visitors, and what their orders came to.",
  Pixel: "What visitors' browsers report.",
};
