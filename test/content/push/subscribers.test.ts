import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { commitAs, visitorContext } from "../../../src/content/live/visitor.ts";
import { purgeUnconfirmed } from "../../../src/content/push/subscribers/purge.ts";
import { subscriberLink } from "../../../src/content/push/subscribers/links.ts";
import { subscribeByForm } from "../../../src/content/push/subscribers/subscribe.ts";
import { type SubscriberRow, subscribers } from "../../../src/content/push/subscribers/table.ts";
import { databaseOf } from "../../../src/core/storage/database.ts";
import { deliverMails } from "../../../src/mail/deliver.ts";
import { consumeMailEvents } from "../../../src/mail/bounces/consumer.ts";
import { count } from "../../faults/world.ts";
import { exports } from "cloudflare:workers";
import { PostOffice } from "../../mail/post.ts";
import { TestClock } from "../../support/fixtures.ts";
import { makeVisitedSite, type VisitedSite } from "../../visitors/world.ts";

const clock = new TestClock();
let site: VisitedSite;
let post: PostOffice;
const HOST = "https://api.example.com";

beforeEach(async () => {
  clock.use();
  site = await makeVisitedSite(clock);
  await site.page({ title: "Home", slug: "home" });
  await site.publish();
  post = new PostOffice();
  await env.DB.prepare("DELETE FROM mails").run();
});

/** What has come by mail since the last look. */
async function mailed() {
  const before = post.taken.length;
  await deliverMails(post.bindings(), clock.time);
  return post.taken.slice(before);
}

const linkIn = (text: string | undefined): string => /https:\S+/.exec(text ?? "")?.[0] ?? "";

let senders = 0;

/** What a browser, or a mail program, sends. */
const send = (address: string, init: RequestInit = {}) => {
  senders += 1;
  return exports.default.fetch(
    new Request(new URL(address, HOST), {
      method: "POST",
      redirect: "manual",
      ...init,
      headers: { "CF-Connecting-IP": `198.19.7.${senders}`, ...(init.headers as object) },
    }),
  );
};

const form = (fields: Record<string, string>) => ({
  body: new URLSearchParams(fields),
  headers: { Origin: HOST, "Content-Type": "application/x-www-form-urlencoded" },
});

const list = async () => (await site.ask("GET", "/push/subscribers")).body.data;

const one = async (): Promise<SubscriberRow> => (await databaseOf(env, 0).select().from(subscribers)).at(-1) as never;

async function events(type: string): Promise<number> {
  return count("SELECT count(*) AS n FROM events WHERE site_id = ?1 AND type = ?2", site.id, type);
}

describe("somebody who asks for news on the website", () => {
  it("does so on any page that has a form for it, each sent to the newsletter of the page's language", async () => {
    const block = { type: "NewsletterSection", props: { heading: "News", label: "Tell me" } };
    await site.page({ title: "Both", slug: "both", blocks: [block, block] });
    await site.publish();
    const page = await (await site.visit("/both")).text();
    expect(page).toContain("Tell me");
    expect(new Set(page.match(/id="newsletter-\d"/g))).toEqual(new Set(['id="newsletter-1"', 'id="newsletter-2"']));
    const actions = [...page.matchAll(/<form class="form-fields" method="post" action="([^"]+)"/g)].map(([, it]) => it);
    expect(actions).toEqual([`/s/${site.slug}/newsletter`, `/s/${site.slug}/newsletter`]);
    await send(actions[0] as string, form({ email: "ada@example.com", website: "" }));
    expect(await list()).toMatchObject([{ email: "ada@example.com", status: "pending", topics: [] }]);
  });

  it("wants to hear of what that form is about, and of nothing that is no topic", async () => {
    const block = { type: "NewsletterSection", props: { topics: ["news", "Not One", "news", '"><b>', "events"] } };
    await site.page({ title: "Topics", slug: "topics", blocks: [block] });
    await site.publish();
    const field = '<input type="hidden" name="topics" value="news events">';
    expect(await (await site.visit("/topics")).text()).toContain(field);
    const ask = (email: string, topics: string) =>
      send(`/s/${site.slug}/newsletter`, form({ email, topics, website: "" }));
    expect(await (await ask("none", "news events")).text()).toContain(field);
    await ask("bo@example.com", `news  ../x ${"a".repeat(101)} <b> news events`);
    await ask("cy@example.com", Array.from({ length: 30 }, (_, nth) => `topic-${nth}`).join(" "));
    const topics = Object.fromEntries(
      (await list()).map((it: { email: string; topics: string[] }) => [it.email, it.topics]),
    );
    expect(topics["bo@example.com"]).toEqual(["news", "events"]);
    expect(topics["cy@example.com"]).toHaveLength(20);
  });

  it("is pending until the link of the mail is confirmed by a button, and unsubscribes by one click", async () => {
    const asked = await send(`/s/${site.slug}/de/newsletter`, form({ email: "Ada@Example.com" }));
    expect(asked.status).toBe(303);
    const answered = await site.visit(
      new URL(asked.headers.get("Location") as string, HOST).pathname.replace(`/s/${site.slug}`, ""),
    );
    expect(await answered.text()).toContain("Bitte bestätigen Sie Ihre Anmeldung");
    expect(await list()).toMatchObject([
      { email: "ada@example.com", status: "pending", locale: "de", source: "form", consentAt: null },
    ]);
    const [mail] = await mailed();
    expect(mail).toMatchObject({
      to: "ada@example.com",
      subject: "Bitte bestätigen: Neuigkeiten von Blue Door Bakery",
    });
    const link = linkIn(mail?.text);
    const page = await (await exports.default.fetch(link)).text();
    expect(page).toContain("Anmeldung bestätigen");
    expect(await list()).toMatchObject([{ status: "pending" }]);
    for (let times = 0; times < 2; times += 1) {
      const confirmed = await send(link, form({}));
      expect([confirmed.status, await confirmed.text()]).toEqual([200, expect.stringContaining("bestätigt")]);
    }
    expect(await list()).toMatchObject([{ status: "active", consentAt: new Date(clock.time).toISOString() }]);
    const unsubscribe = await subscriberLink(env, "unsubscribe", await one(), {
      site: { slug: site.slug, domain: null, domainVerifiedAt: null, locale: "en", locales: ["en", "de"] },
      origin: HOST,
      locale: "de",
    });
    expect(await (await exports.default.fetch(unsubscribe)).text()).toContain("Abmelden");
    // As RFC 8058 §3.1 has it: no cookie, no page it comes from.
    const click = {
      body: "List-Unsubscribe=One-Click",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
    };
    for (let times = 0; times < 2; times += 1) expect((await send(unsubscribe, click)).status).toBe(200);
    expect(await list()).toMatchObject([{ status: "unsubscribed" }]);
    expect((await site.ask("GET", "/mail/suppressions?reason=unsubscribe")).body.data).toMatchObject([
      { email: "ada@example.com", reason: "unsubscribe" },
    ]);
    // What confirmed the first time does not confirm the second.
    clock.advance(60_000);
    expect((await send(link, form({}))).status).toBe(404);
    await send(`/s/${site.slug}/newsletter`, form({ email: "ada@example.com" }));
    expect((await send(link, form({}))).status).toBe(404);
    const [again] = await mailed();
    expect((await send(linkIn(again?.text), form({}))).status).toBe(200);
    expect(await list()).toMatchObject([{ status: "active", unsubscribedAt: null }]);
    expect((await site.ask("GET", "/mail/suppressions")).body.pagination.total).toBe(0);
    expect(await events("subscriber.confirmed")).toBe(2);
    expect(await events("subscriber.unsubscribed")).toBe(1);
  });

  it("learns nothing of an address: every answer is the same, and one mail goes out in ten minutes", async () => {
    const ask = async (email: string) => {
      const { status, headers } = await send(`/s/${site.slug}/newsletter`, form({ email }));
      return [status, headers.get("Location")];
    };
    const first = await ask("new@example.com");
    expect(await mailed()).toHaveLength(1);
    expect(await ask("new@example.com")).toEqual(first);
    expect(await mailed()).toHaveLength(0);
    clock.advance(10 * 60_000 + 1);
    expect(await ask("new@example.com")).toEqual(first);
    const [mail] = await mailed();
    await send(linkIn(mail?.text), form({}));
    clock.advance(10 * 60_000 + 1);
    expect(await ask("new@example.com")).toEqual(first);
    expect(await mailed()).toHaveLength(0);
    await site.ask("POST", "/mail/suppressions", { email: "never@example.com" });
    expect(await ask("Never@example.com")).toEqual(first);
    expect(await mailed()).toHaveLength(0);
    expect(await list()).toHaveLength(1);
  });

  it("with an address that is none, from a page of elsewhere, or by a field nobody sees is not subscribed", async () => {
    expect((await send(`/s/${site.slug}/newsletter`, form({ email: "ada" }))).status).toBe(422);
    const elsewhere = { ...form({ email: "ada@example.com" }), headers: { Origin: "https://evil.example" } };
    expect((await send(`/s/${site.slug}/newsletter`, elsewhere)).status).toBe(403);
    const trapped = form({ email: "ada@example.com", website: "x" });
    expect((await send(`/s/${site.slug}/newsletter`, trapped)).status).toBe(303);
    expect(await list()).toEqual([]);
    expect(await mailed()).toEqual([]);
  });

  it("by two hundred forms at once is one subscriber with one mail", async () => {
    const wish = { siteId: site.id, email: "one@example.com", topics: [], locale: "en" };
    const visited = { siteId: site.id, tenant: { workspaceId: site.workspace.id, environment: "live" as const } };
    const ask = (nth: number) => {
      const at = { env, now: clock.time, requestId: `req_${nth}`, ip: "198.51.100.7", origin: HOST };
      return commitAs(visitorContext(at, visited), (ctx) => subscribeByForm(ctx, wish));
    };
    await Promise.all(Array.from({ length: 200 }, (_, nth) => ask(nth)));
    expect(await list()).toHaveLength(1);
    expect(await mailed()).toHaveLength(1);
  });

  it("who never confirms is forgotten after thirty days", async () => {
    await send(`/s/${site.slug}/newsletter`, form({ email: "ada@example.com" }));
    await purgeUnconfirmed(env, clock.time + 29 * 86_400_000);
    expect(await list()).toHaveLength(1);
    await purgeUnconfirmed(env, clock.time + 31 * 86_400_000);
    expect((await site.ask("GET", "/push/subscribers")).body).toMatchObject({ data: [], pagination: { total: 0 } });
  });

  it.each(["confirm", "unsubscribe"])(
    "whose link to %s was changed, or is of another website, changes nothing",
    async (kind) => {
      const other = await makeVisitedSite(clock);
      await other.page({ title: "Home", slug: "home" });
      await other.publish();
      await send(`/s/${site.slug}/newsletter`, form({ email: "ada@example.com" }));
      const [mail] = await mailed();
      const link = new URL(linkIn(mail?.text));
      const at = (slug: string, query: Record<string, string>) =>
        `/s/${slug}/newsletter/${kind}?${new URLSearchParams(query)}`;
      const { s = "", t = "" } = Object.fromEntries(link.searchParams);
      for (const address of [
        at(site.slug, { s, t: `${t.slice(0, -1)}x` }),
        at(site.slug, { s, t: "" }),
        at(site.slug, { s: "sub_1", t }),
        at(other.slug, { s, t }),
        ...(kind === "unsubscribe" ? [at(site.slug, { s, t })] : []),
      ]) {
        expect((await send(address, form({}))).status).toBe(404);
      }
      expect(await list()).toMatchObject([{ status: "pending" }]);
    },
  );
});

describe("a subscriber of the API", () => {
  it("is asked to confirm it, unless the key says when they agreed", async () => {
    const add = (body: object) => site.ask("POST", "/push/subscribers", body);
    expect((await add({ email: "Ada@example.com" })).body.data).toMatchObject({ status: "pending", source: "api" });
    expect((await mailed()).map(({ to }) => to)).toEqual(["ada@example.com"]);
    const consentAt = "2026-05-01T08:00:00.000Z";
    const bo = (await add({ email: "bo@example.com", consentAt, topics: ["news"] })).body.data;
    expect(bo).toMatchObject({ status: "active", consentAt, topics: ["news"] });
    expect(await mailed()).toEqual([]);
    expect((await add({ email: "c@example.com", status: "active" })).body.error.details.fields).toHaveProperty(
      "consentAt",
    );
    const asked = await add({ email: "d@example.com", status: "pending", consentAt });
    expect(asked.body.error.details.fields.consentAt).toContain('send "status": "active"');
    expect((await add({ email: "ADA@example.com" })).status).toBe(409);
    const patch = (body: object) => site.ask("PATCH", `/push/subscribers/${bo.id}`, body);
    expect((await patch({ status: "active" })).status).toBe(400);
    expect((await patch({ status: "unsubscribed" })).body.data.status).toBe("unsubscribed");
    expect((await patch({ status: "pending" })).body.data).toMatchObject({ status: "pending", consentAt: null });
    expect(await mailed()).toHaveLength(1);
    expect((await site.ask("GET", "/push/subscribers?email=BO@example.com")).body.data).toHaveLength(1);
    expect((await site.ask("GET", "/push/subscribers?status=pending")).body.pagination.total).toBe(2);
  });

  it("whose address is dead is bounced, and one who complains is unsubscribed", async () => {
    const consentAt = "2026-05-01T08:00:00.000Z";
    for (const email of ["dead@example.com", "angry@example.com"]) {
      await site.ask("POST", "/push/subscribers", { email, status: "active", consentAt });
      const ctx = site.workspace.context();
      const { stageMail } = await import("../../../src/mail/stage.ts");
      stageMail(ctx, { kind: "test", siteId: site.id, to: email, subject: "Hi", text: "Hi" });
      await ctx.unit.commit();
    }
    await mailed();
    const told = (type: string, recipient: string, more: object) => ({
      body: { type: `cf.email.sending.message.${type}`, payload: { recipient, ...more } },
      retry: () => {},
    });
    const messages = [
      told("bounced", "dead@example.com", { bounce: { type: "hard" } }),
      told("complained", "angry@example.com", {}),
    ];
    await consumeMailEvents({ messages } as never, post.bindings());
    const statuses = Object.fromEntries((await list()).map((it: SubscriberRow) => [it.email, it.status]));
    expect(statuses).toEqual({ "dead@example.com": "bounced", "angry@example.com": "unsubscribed" });
  });
});
