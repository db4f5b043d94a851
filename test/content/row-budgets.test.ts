import { env } from "cloudflare:workers";
import type { z } from "@hono/zod-openapi";
import { beforeAll, describe, expect, it } from "vitest";
import { makeSite, type TestSite } from "../support/client.ts";
import { type Cost, measured } from "../support/counting.ts";
import { TestClock } from "../support/fixtures.ts";
import { OPERATIONS, type Operation, pathOf } from "../support/registry.ts";

const FEW = 100;
const MANY = 100_000;
const clock = new TestClock();
let at: TestSite;
/** The webhook whose deliveries are listed. */
let hook: number;
let campaign: string;

/** The member whose statement is listed. */
const MEMBER = `mem_${"1".padStart(26, "0")}`;

/** The form whose submissions are listed. */
const FORM = `form_${"1".padStart(26, "0")}`;

/** Inserts rows number `from` to `to` straight into the table: what counts is how much there is, not how it came. */
async function insert(columns: string, values: string, from: number, to: number): Promise<void> {
  const CHUNK = 10_000;
  for (let start = from; start <= to; start += CHUNK) {
    await env.DB.prepare(
      `WITH RECURSIVE n(i) AS (SELECT CAST(?4 AS INTEGER) UNION ALL SELECT i + 1 FROM n WHERE i < ?5) INSERT INTO ${columns} SELECT ${values} FROM n`,
    )
      .bind(at.workspace.id, at.siteId, hook, start, Math.min(to, start + CHUNK - 1))
      .run();
  }
}

/** How each list is filled. A new list of the Content API needs an entry. Every seventh moment and title is shared by seven. */
const CROWDS: Record<string, (from: number, to: number) => Promise<void>> = {
  listPages: (from, to) =>
    insert(
      `pages (id, workspace_id, environment, site_id, title, slug, status, locale, blocks, seo, navigation, folded, search_text,
        site, version, created_at, updated_at)`,
      `printf('page_%026d', i), ?1, 'live', ?2, 'Page ' || (i / 7), 'page-' || i, 'draft', 'en', '[]',
        '{"title":null,"description":null,"ogImage":null,"noIndex":false}', '{"label":null,"order":0,"hidden":false}',
        json_object('title', 'page ' || (i / 7)), '', 'crowd', 1, 1760000000000 + i / 7, 1760000000000 + i / 7`,
      from,
      to,
    ),
  listSites: (from, to) =>
    insert(
      `sites (id, workspace_id, environment, name, slug, status, locale, locales, settings, design_tokens, version,
        created_at, updated_at)`,
      `printf('site_%026d', i), ?1, 'live', 'Site ' || (i / 7), 'crowd-' || i, 'draft', 'en', '["en"]', '{}', '{}', 1,
        1760000000000 + i / 7, 1760000000000 + i / 7`,
      from,
      to,
    ),
  listDeployments: (from, to) =>
    insert(
      `deployments (id, workspace_id, environment, site_id, number, status, page_count, changes, actor, created_at,
        published_at)`,
      `printf('dep_%026d', i), ?1, 'live', ?2, i, 'completed', 0, NULL, 'key:1', 1760000000000 + i / 7,
        1760000000000 + i / 7`,
      from,
      to,
    ),
  listJobs: (from, to) =>
    insert(
      `jobs (id, workspace_id, environment, site_id, kind, status, progress, input, attempts, actor, version, created_at,
        updated_at, finished_at)`,
      `printf('job_%026d', i), ?1, 'live', ?2, iif(i % 2, 'publish', 'ai_generate'), 'succeeded', 100, '{}', 0, 'key:1', 1,
        1760000000000 + i / 7, 1760000000000 + i / 7, 1760000000000 + i / 7`,
      from,
      to,
    ),
  listPreviews: (from, to) =>
    insert(
      `previews (id, workspace_id, environment, site_id, hash, key_id, created_at, expires_at)`,
      "printf('prv_%026d', i), ?1, 'live', ?2, 'hash-' || i, i % 3, 1760000000000 + i / 7, 9760000000000 + i",
      from,
      to,
    ),
  listMedia: (from, to) =>
    insert(
      `media (id, workspace_id, environment, site_id, version, created_at, updated_at, filename, url, type, content_type,
        size, alt, folder, folded)`,
      `printf('med_%026d', i), ?1, 'live', ?2, 1, 1760000000000 + i / 7, 1760000000000 + i / 7, 'loaf-' || i || '.png',
        '/media/' || i, 'image', 'image/png', 10, '', 'Shop', json_object('filename', 'loaf', 'folder', 'shop')`,
      from,
      to,
    ),
  listProducts: (from, to) =>
    insert(
      `products (id, workspace_id, environment, site_id, version, created_at, updated_at, title, slug, price, currency,
        images, type, active, variants)`,
      `printf('prod_%026d', i), ?1, 'live', ?2, 1, 1760000000000 + i / 7, 1760000000000 + i / 7, 'Loaf ' || i,
        'loaf-' || i, 650, 'EUR', '[]', 'physical', i % 2, '[]'`,
      from,
      to,
    ),
  listCategories: (from, to) =>
    insert(
      `categories (id, workspace_id, environment, site_id, version, created_at, updated_at, name, name_key, slug, place,
        translations)`,
      `printf('cat_%026d', i), ?1, 'live', ?2, 1, 1760000000000 + i / 7, 1760000000000 + i / 7, 'Part ' || i, 'part ' || i,
        'part-' || i, i / 7, '{}'`,
      from,
      to,
    ),
  listReviews: (from, to) =>
    insert(
      `reviews (id, workspace_id, environment, site_id, version, created_at, updated_at, product_id, rating, text, author,
        status, approved)`,
      `printf('rev_%026d', i), ?1, 'live', ?2, 1, 1760000000000 + i / 7, 1760000000000 + i / 7, 'prod_' || (i % 3),
        1 + i % 5, 'Good', 'Ada', iif(i % 2, 'approved', 'pending'), i % 2`,
      from,
      to,
    ),
  listRedirects: (from, to) =>
    insert(
      `redirects (id, workspace_id, environment, site_id, version, created_at, updated_at, from_path, to_address,
        target_path, status)`,
      `printf('redir_%026d', i), ?1, 'live', ?2, 1, 1760000000000 + i / 7, 1760000000000 + i / 7, '/old-' || i, '/new',
        '/new', 301`,
      from,
      to,
    ),
  listCoupons: (from, to) =>
    insert(
      `coupons (id, workspace_id, environment, site_id, version, created_at, updated_at, code, type, value, uses, active)`,
      `printf('coup_%026d', i), ?1, 'live', ?2, 1, 1760000000000 + i / 7, 1760000000000 + i / 7, 'CODE' || i,
        'percentage', 10, 0, 1`,
      from,
      to,
    ),
  listCustomBlocks: (from, to) =>
    insert(
      `custom_blocks (id, workspace_id, environment, site_id, version, created_at, updated_at, label, template, properties,
        template_version, usage_count, created_by)`,
      `printf('block_%026d', i), ?1, 'live', ?2, 1, 1760000000000 + i / 7, 1760000000000 + i / 7, 'Block ' || i,
        '{"blocks":[]}', '[]', 1, 0, 'key:1'`,
      from,
      to,
    ),
  listOrders: (from, to) =>
    insert(
      `orders (id, workspace_id, environment, site_id, version, created_at, updated_at, number, status, customer_name,
        customer_email, items, currency, subtotal, discount, total)`,
      `printf('ord_%026d', i), ?1, 'live', ?2, 1, 1760000000000 + i / 7, 1760000000000 + i / 7, i, 'pending', 'Ada',
        'ada@example.com', '[]', 'EUR', 0, 0, 0`,
      from,
      to,
    ),
  listPayments: (from, to) =>
    insert(
      `payments (id, workspace_id, environment, site_id, version, created_at, updated_at, order_id, kind, provider, event,
        amount, currency, outcome)`,
      `printf('pay_%026d', i), ?1, 'live', ?2, 1, 1760000000000 + i / 7, 1760000000000 + i / 7, 'ord_' || (i / 7),
        'payment', 'manual', 'payment.succeeded', 1, 'EUR', 'applied'`,
      from,
      to,
    ),
  listPushSubscriptions: (from, to) =>
    insert(
      `push_subscriptions (id, workspace_id, environment, site_id, version, created_at, updated_at, endpoint_hash, sealed,
        host, topics)`,
      `printf('psub_%026d', i), ?1, 'live', ?2, 1, 1760000000000 + i / 7, 1760000000000 + i / 7, 'hash-' || i, '',
        'push.example.com', '[]'`,
      from,
      to,
    ),
  listCampaigns: (from, to) =>
    insert(
      `push_campaigns (id, workspace_id, environment, site_id, version, created_at, updated_at, channel, status, title, body,
        audience, ttl_seconds, urgency, origin, recipient_count,
        queued_count, sent_count, failed_count, gone_count, unconfirmed_count, suppressed_count)`,
      `printf('camp_%026d', i), ?1, 'live', ?2, 1, 1760000000000 + i / 7, 1760000000000 + i / 7, 'web_push', 'draft', 'Rye',
        'Fresh', '{"topics":[],"locale":null}', 60, 'normal', '', 0, 0, 0, 0, 0, 0, 0`,
      from,
      to,
    ),
  listCampaignRecipients: async (from, to) => {
    await insert(
      "push_recipients (campaign_id, subscriber_id, workspace_id, environment, status, attempts, status_at)",
      `'${campaign}', printf('psub_%026d', i), ?1, 'live', 'sent', 1, 1760000000000`,
      from,
      to,
    );
    await env.DB.prepare("UPDATE push_campaigns SET recipient_count = ?1, sent_count = ?1 WHERE id = ?2")
      .bind(to, campaign)
      .run();
  },
  listPaymentProviders: (from, to) =>
    insert(
      `payment_providers (id, workspace_id, environment, site_id, version, created_at, updated_at, name, active, secret)`,
      `printf('pp_%026d', i), ?1, 'live', ?2, 1, 1760000000000 + i / 7, 1760000000000 + i / 7, 'Cards', 1, ''`,
      from,
      to,
    ),
  listForms: (from, to) =>
    insert(
      `forms (id, workspace_id, environment, site_id, version, created_at, updated_at, key, name, published, page_id, fields,
        notify_to, kept_days)`,
      `printf('form_%026d', i), ?1, 'live', ?2, 1, 1760000000000 + i / 7, 1760000000000 + i / 7, 'form-' || i, 'Form', i % 2,
        'page_1', '[]', '[]', 365`,
      from,
      to,
    ),
  listSubmissions: (from, to) =>
    insert(
      `form_submissions (id, workspace_id, environment, site_id, version, created_at, updated_at, form_id, status, data,
        files, expires_at)`,
      `printf('fsub_%026d', i), ?1, 'live', ?2, 1, 1760000000000 + i / 7, 1760000000000 + i / 7, '${FORM}',
        iif(i % 2, 'new', 'read'), '{"name":"Ada"}', '[]', 9760000000000`,
      from,
      to,
    ),
  listLoyaltyMembers: (from, to) =>
    insert(
      `loyalty_members (id, workspace_id, environment, site_id, version, created_at, updated_at, email, points,
        pending_points, lifetime_points, entry_count)`,
      `printf('mem_%026d', i), ?1, 'live', ?2, 1, 1760000000000 + i / 7, 1760000000000 + i / 7,
        'member' || i || '@example.com', 10, 0, i / 7, 0`,
      from,
      to,
    ),
  listSubscribers: (from, to) =>
    insert(
      `mail_subscribers (id, workspace_id, environment, site_id, version, created_at, updated_at, email, status, topics,
        source, asked_at)`,
      `printf('sub_%026d', i), ?1, 'live', ?2, 1, 1760000000000 + i / 7, 1760000000000 + i / 7,
        'reader' || i || '@example.com', 'active', '[]', 'api', 1760000000000`,
      from,
      to,
    ),
  listMailSuppressions: (from, to) =>
    insert(
      "mail_suppressions (id, workspace_id, environment, site_id, version, created_at, updated_at, email, reason)",
      `printf('supp_%026d', i), ?1, 'live', ?2, 1, 1760000000000 + i / 7, 1760000000000 + i / 7,
        'gone' || i || '@example.com', 'bounce'`,
      from,
      to,
    ),
  listMessageTemplates: (from, to) =>
    insert(
      `message_templates (id, workspace_id, environment, site_id, version, created_at, updated_at, name, channel, subject,
        text, variables)`,
      `printf('mtpl_%026d', i), ?1, 'live', ?2, 1, 1760000000000 + i / 7, 1760000000000 + i / 7, 'Template ' || i,
        'email', 'Hello', 'Hello', '[]'`,
      from,
      to,
    ),
  listMessages: (from, to) =>
    insert(
      `messages (id, workspace_id, environment, site_id, version, created_at, updated_at, channel, recipient, subject,
        status, attempts)`,
      `printf('msg_%026d', i), ?1, 'live', ?2, 1, 1760000000000 + i / 7, 1760000000000 + i / 7, 'email',
        'ada@example.com', 'Hello', 'queued', 0`,
      from,
      to,
    ),
  listLoyaltyTiers: (from, to) =>
    insert(
      "loyalty_tiers (id, workspace_id, environment, site_id, version, created_at, updated_at, name, min_points)",
      `printf('tier_%026d', i), ?1, 'live', ?2, 1, 1760000000000 + i / 7, 1760000000000 + i / 7, 'Tier ' || i, i`,
      from,
      to,
    ),
  listRewards: (from, to) =>
    insert(
      "loyalty_rewards (id, workspace_id, environment, site_id, version, created_at, updated_at, title, cost, active)",
      `printf('rwd_%026d', i), ?1, 'live', ?2, 1, 1760000000000 + i / 7, 1760000000000 + i / 7, 'Coffee', 1 + i / 7, 1`,
      from,
      to,
    ),
  listRedemptions: (from, to) =>
    insert(
      `loyalty_redemptions (id, workspace_id, environment, site_id, version, created_at, updated_at, member_id, reward_id,
        reward_title, cost, code, status, entry_id)`,
      `printf('redm_%026d', i), ?1, 'live', ?2, 1, 1760000000000 + i / 7, 1760000000000 + i / 7, 'mem_1', 'rwd_1',
        'Coffee', 10, 'CODE-' || i, 'pending', 'lent_1'`,
      from,
      to,
    ),
  listReservationTables: (from, to) =>
    insert(
      `reservation_tables (id, workspace_id, environment, site_id, version, created_at, updated_at, name, capacity,
        min_party, place, active)`,
      `printf('tbl_%026d', i), ?1, 'live', ?2, 1, 1760000000000 + i / 7, 1760000000000 + i / 7, 'Table ' || i, 4, 1,
        i / 7, i % 2`,
      from,
      to,
    ),
  listReservations: (from, to) =>
    insert(
      `table_reservations (id, workspace_id, environment, site_id, version, created_at, updated_at, table_id, status, date, time,
        start_at, end_at, busy_until, party_size, customer, walk_in, source)`,
      `printf('resv_%026d', i), ?1, 'live', ?2, 1, 1760000000000 + i / 7, 1760000000000 + i / 7, 'tbl_' || i % 7,
        'confirmed', '2026-01-01', '19:30', 1760000000000 + i / 7 * 3600000, 1760007200000 + i / 7 * 3600000,
        1760007200000 + i / 7 * 3600000, 2, '{"name":"Ada","email":null,"phone":null}', 0, 'api'`,
      from,
      to,
    ),
  listLoyaltyEntries: async (from, to) => {
    await insert(
      `loyalty_entries (id, workspace_id, environment, site_id, member_id, number, kind, points, balance_after, lifetime,
        description, remaining, reversed, shortfall, active_at, created_at)`,
      `printf('lent_%026d', i), ?1, 'live', ?2, '${MEMBER}', i, 'earn', 1, i, 1, 'Bought', 1, 0, 0,
        1760000000000, 1760000000000 + i / 7`,
      from,
      to,
    );
    await env.DB.prepare("UPDATE loyalty_members SET entry_count = ? WHERE id = ?").bind(to, MEMBER).run();
  },
  listBookingServices: (from, to) =>
    insert(
      `booking_services (id, workspace_id, environment, site_id, version, created_at, updated_at, name, duration_minutes,
        buffer_before_minutes, buffer_after_minutes, capacity, currency, notice_minutes, horizon_days, active, place)`,
      `printf('svc_%026d', i), ?1, 'live', ?2, 1, 1760000000000 + i / 7, 1760000000000 + i / 7, 'Repair', 60, 0, 0, 1,
        'EUR', 0, 90, i % 2, i / 7`,
      from,
      to,
    ),
  listBookings: (from, to) =>
    insert(
      `bookings (id, workspace_id, environment, site_id, version, created_at, updated_at, service_id, staff_id, status,
        date, start_time, end_time, start_at, end_at, busy_from, busy_until, customer, people, reschedules, source)`,
      `printf('bkg_%026d', i), ?1, 'live', ?2, 1, 1760000000000 + i / 7, 1760000000000 + i / 7, 'svc_0', 'stf_0',
        CASE i % 2 WHEN 0 THEN 'confirmed' ELSE 'cancelled' END, '2026-01-01', '2026-01-01T09:00:00Z',
        '2026-01-01T10:00:00Z', 1760000000000 + i / 7 * 60000, 1760003600000 + i / 7 * 60000,
        1760000000000 + i / 7 * 60000, 1760003600000 + i / 7 * 60000,
        '{"name":"Ada","email":"ada@example.com","phone":null}', 1, 0, 'api'`,
      from,
      to,
    ),
  listStaff: (from, to) =>
    insert(
      "booking_staff (id, workspace_id, environment, site_id, version, created_at, updated_at, name, active)",
      "printf('stf_%026d', i), ?1, 'live', ?2, 1, 1760000000000 + i / 7, 1760000000000 + i / 7, 'Grace', i % 2",
      from,
      to,
    ),
  listBookingExceptions: (from, to) =>
    insert(
      `booking_exceptions (id, workspace_id, environment, site_id, version, created_at, updated_at, start_date, end_date,
        hours)`,
      `printf('bex_%026d', i), ?1, 'live', ?2, 1, 1760000000000 + i / 7, 1760000000000 + i / 7,
        date('2026-01-01', '+' || (i / 7) || ' days'), date('2026-01-01', '+' || (i / 7) || ' days'), '[]'`,
      from,
      to,
    ),
  // Each of the site's beside one of the whole workspace, which the site's list does not show.
  listSiteWebhooks: async (from, to) => {
    for (const [site, id] of [
      ["?2", "i"],
      ["NULL", `${MANY} + i`],
    ])
      await insert(
        `webhook_endpoints (id, workspace_id, environment, site_id, url, events, is_active, secret, actor, access_type,
          version, created_at, updated_at)`,
        `${id}, ?1, 'live', ${site}, 'https://example.com/' || i, '["page.*"]', 1, '', 'key:1', 'admin', 1,
          1760000000000 + i / 7, 1760000000000 + i / 7`,
        from,
        to,
      );
  },
  listSiteWebhookDeliveries: async (from, to) => {
    await insert(
      `webhook_deliveries (endpoint_id, event_seq, event_id, event_type, status, attempt, round, attempts,
        response_code, created_at)`,
      "?3, i, 'evt_' || i, 'page.updated', 'success', 1, 1, '[]', 200, 1760000000000 + i / 7",
      from,
      to,
    );
    const settled = "UPDATE webhook_endpoints SET settled_count = ? WHERE id = ?";
    await env.DB.prepare(settled).bind(to, hook).run();
  },
  listTrash: (from, to) =>
    insert(
      `trash (id, workspace_id, environment, scope, site_id, kind, title, version, deleted_by, deleted_at, purge_at)`,
      `printf('page_%026d', -i), ?1, 'live', ?2, ?2, 'page', 'Page ' || i, 1, 'key:1', 1760000000000 + i / 7, 1`,
      from,
      to,
    ),
  listSiteWebhookReplays: (from, to) =>
    insert(
      `webhook_replays (id, workspace_id, environment, endpoint_id, from_at, to_at, status, after_seq, last_seq, queued,
        actor, created_at, finished_at)`,
      "i, ?1, 'live', ?3, 1760000000000, 1760000000001, 'failed', 1, 1, 0, 'key:1', 1760000000000 + i, 1760000000000 + i",
      from,
      to,
    ),
};

/** What the suite has made itself: the site it calls, the webhook whose deliveries it lists, the page it looks for. */
const BESIDE: Record<string, number> = { listSites: 1, listCampaigns: 1, listSiteWebhooks: 1, listPages: 1 };

/** A search that has nothing else looks through what there is. */
const isSearch = ({ endpoint }: Operation): boolean => "q" in ((endpoint.query as z.ZodObject).shape ?? {});
/** Lists of what is few by the commit that adds to it (test/content/versions and shop/refunds count those), or one a currency. */
const isShort = ({ route }: Operation): boolean => /\/(versions|loyalty\/rules|\{orderId\}\/payments)$/.test(route);

const LISTS = OPERATIONS.filter(
  (it) => it.surface.name === "content" && it.endpoint.success.list && !isShort(it) && !isSearch(it),
);

function queriesOf({ endpoint }: Operation): string[] {
  const { orderBy } = (endpoint.query as z.ZodObject).shape;
  const orders = (orderBy as z.ZodOptional<z.ZodEnum>).unwrap().options;
  return orders.flatMap((order) => ["asc", "desc"].map((direction) => `orderBy=${order}&direction=${direction}`));
}

const CASES = LISTS.flatMap((list) =>
  queriesOf(list).map((query) => ({ list, query, title: `${list.title}?${query}` })),
);
const PAGE_SIZES = [25, 100];

const ask = (list: Operation, query: string) => {
  clock.advance(1_000);
  const ids = { siteId: at.siteId, hookId: `wh_${hook}`, memberId: MEMBER, campaignId: campaign, formId: FORM };
  const path = pathOf(list, ids);
  return measured("GET", `${path}?${query}`, { headers: at.api.headers });
};

const few = new Map<string, Cost>();

beforeAll(async () => {
  at = await makeSite(clock);
  await at.site.create("/pages", { title: "Needle" });
  const made = await at.site.create("/webhooks", { url: "https://example.com/", events: ["page.*"] });
  campaign = (await at.site.create("/push/campaigns", { title: "Rye", body: "Fresh", status: "draft" })).id;
  hook = Number(made.id.slice("wh_".length));
  for (const { endpoint, title } of LISTS) {
    const fill = CROWDS[endpoint.operationId];
    if (!fill) throw new Error(`${title}: add ${endpoint.operationId} to CROWDS in test/content/row-budgets.test.ts`);
    await fill(1, FEW);
  }
  for (const { list, query, title } of CASES) {
    for (const limit of PAGE_SIZES) few.set(`${title} ${limit}`, (await ask(list, `${query}&limit=${limit}`)).cost);
  }
  for (const { endpoint } of LISTS) await CROWDS[endpoint.operationId]?.(FEW + 1, MANY);
});

describe.each(CASES)(`$title with ${MANY} rows`, ({ list, query, title }) => {
  it.each(PAGE_SIZES)(
    `${title} with ${MANY} rows reads as few rows for a page of %i as with a hundred`,
    async (limit) => {
      const { status, body, cost } = await ask(list, `${query}&limit=${limit}`);
      expect(status).toBe(200);
      expect(body.data.length).toBe(limit);
      expect(body.pagination.total).toBe(MANY + (BESIDE[list.endpoint.operationId] ?? 0));
      expect(cost.rowsRead).toBeLessThanOrEqual((few.get(`${title} ${limit}`)?.rowsRead ?? 0) + 10);
      expect(cost.rowsRead).toBeLessThanOrEqual(2 * limit + 10);
    },
  );

  it(`${title} with ${MANY} rows reads as few rows deep within the list`, async () => {
    const deep = await ask(list, `${query}&limit=100&page=100`);
    const { body, cost } = await ask(list, `${query}&limit=100&cursor=${deep.body.pagination.nextCursor}`);
    expect(body.data.length).toBe(100);
    expect(cost.rowsRead).toBeLessThanOrEqual(2 * 100 + 10);
  });
});

describe(`a trash with ${MANY} pages`, () => {
  it(`a trash with ${MANY} pages shows its products, and a page of its pages, without reading the others`, async () => {
    const { id } = await at.site.create("/shop/products", { title: "Deleted", price: 1 });
    await at.site.delete(`/shop/products/${id}`);
    for (const [type, length] of [
      ["product", 1],
      ["page", 25],
    ] as const) {
      clock.advance(1_000);
      const path = `/v1/sites/${at.siteId}/trash?type=${type}`;
      const { body, cost } = await measured("GET", path, { headers: at.api.headers });
      expect([type, body.data.length, cost.rowsRead <= 70]).toEqual([type, length, true]);
    }
    // Whoever counts the trash after this finds it as it was.
    expect((await at.site.delete(`/trash/${id}`)).status).toBe(204);
  });
});

describe(`a site with ${MANY} pages`, () => {
  it(`a site with ${MANY} pages reads one page with one query and at most two rows`, async () => {
    const path = `/v1/sites/${at.siteId}/pages/page_${String(MANY / 2).padStart(26, "0")}`;
    const { status, cost } = await measured("GET", path, { headers: at.api.headers });
    expect(status).toBe(200);
    expect(cost.queries).toBe(1);
    expect(cost.rowsRead).toBeLessThanOrEqual(2);
  });

  it(`a site with ${MANY} pages finds a page by its words, slug, parent or the page it translates without reading the others`, async () => {
    const filters = [
      "search=needle",
      "slug=needle",
      "slug=needle&locale=en",
      "parentId=page_x",
      "translationOf=page_x",
    ];
    for (const filter of filters) {
      const { status, cost } = await measured("GET", `/v1/sites/${at.siteId}/pages?${filter}`, {
        headers: at.api.headers,
      });
      expect(status).toBe(200);
      expect([filter, cost.rowsRead <= 30, cost.rowsRead]).toEqual([filter, true, cost.rowsRead]);
    }
  });
});
