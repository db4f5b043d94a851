import { env } from "cloudflare:workers";
import { sql } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { consumeMailWakes } from "../../src/mail/consumer.ts";
import { purgeMails } from "../../src/mail/purge.ts";
import { sendMail } from "../../src/mail/send.ts";
import { stageSuppression } from "../../src/mail/suppress.ts";
import { stageMail } from "../../src/mail/stage.ts";
import { count, makeSite, type Site } from "../faults/world.ts";
import { databaseText } from "../faults/storage.ts";
import { TestClock } from "../support/fixtures.ts";
import { A_MAIL, deliver, mailRow, PostOffice, refusal, stageMails } from "./post.ts";

const clock = new TestClock();
let site: Site;
let post: PostOffice;

beforeEach(async () => {
  clock.use();
  site = await makeSite(clock);
  post = new PostOffice();
  await env.DB.prepare("DELETE FROM mails").run();
});

async function suppress(email: string, reason: "bounce" | "complaint" | "unsubscribe" | "manual") {
  const ctx = site.workspace.context();
  await stageSuppression(ctx, { siteId: site.id, email, reason, detail: null });
  await ctx.unit.commit();
}

describe("a mail of a commit", () => {
  it("is sent once, from the deployment's address under the site's name, and its content and recipient are kept no longer", async () => {
    const [mail] = await stageMails(site, "live", { html: "<p>It is on its way.</p>", replyTo: "shop@example.com" });
    expect(mail).toMatchObject({ status: "queued", reason: null });
    await deliver(post.bindings(), clock);
    await deliver(post.bindings(), clock);
    expect(post.taken).toEqual([
      {
        from: { email: "post@mail.example.com", name: "Blue Door Bakery" },
        to: "ada@example.com",
        subject: "Your order",
        text: "It is on its way.",
        html: "<p>It is on its way.</p>",
        replyTo: "shop@example.com",
        headers: { "Auto-Submitted": "auto-generated" },
      },
    ]);
    expect(await mailRow(mail?.id as string)).toMatchObject({
      status: "sent",
      attempts: 1,
      recipient: null,
      content: null,
      due_at: null,
      provider_id: "m1@mail.example.com",
    });
    expect(await databaseText()).not.toContain("It is on its way.");
  });

  it("is not sent when the commit fails, and one that a queue message names is sent at once", async () => {
    const ctx = site.workspace.context();
    stageMail(ctx, { ...A_MAIL, siteId: site.id });
    ctx.unit.requireNone(sql`SELECT 'x' AS found`, () => new Error("no"));
    await expect(ctx.unit.commit()).rejects.toThrow("no");
    expect(await deliver(post.bindings(), clock)).toBeNull();
    await stageMails(site, "live", ...Array.from({ length: 60 }, (_, at) => ({ to: `a${at}@example.com` })));
    const body = { workspaceId: site.workspace.id, environment: "live" as const };
    await consumeMailWakes({ messages: [{ body }, { body }] } as never, post.bindings());
    expect(new Set(post.recipients).size).toBe(60);
    expect(post.taken).toHaveLength(60);
  });

  it("carries attachments as UTF-8, and of a campaign the one-click headers of RFC 8058", async () => {
    await stageMails(site, "live", {
      unsubscribeUrl: "https://example.com/newsletter/unsubscribe?s=1",
      attachments: [{ filename: "termin.ics", type: "text/calendar; charset=utf-8", content: "SUMMARY:Café" }],
    });
    await deliver(post.bindings(), clock);
    const [{ headers, attachments } = {}] = post.taken;
    expect(headers).toEqual({
      "List-Unsubscribe": "<https://example.com/newsletter/unsubscribe?s=1>",
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    });
    expect(new TextDecoder().decode(attachments?.[0]?.content as Uint8Array)).toBe("SUMMARY:Café");
  });

  it("is taken by the binding of this runtime as it is handed over", async () => {
    const attachments = [{ filename: "a.ics", type: "text/calendar", content: "BEGIN:VCALENDAR" }];
    const [mail] = await stageMails(site, "live", { html: "<p>Hi</p>", attachments });
    await deliver({ ...env, LOG_LEVEL: "silent" }, clock);
    expect(await mailRow(mail?.id as string)).toMatchObject({ status: "sent", attempts: 1 });
  });
});

describe("what a mail's texts cannot do", () => {
  const evil = "Hello\r\nBcc: victim@example.com\r\n\r\nbody\u2028\u0000\u202etail";

  it("a subject, a name, a file's name or an address with line breaks in it adds no header and no recipient", async () => {
    await env.DB.prepare("UPDATE sites SET settings = ?1 WHERE id = ?2")
      .bind(JSON.stringify({ mail: { fromName: evil, replyTo: `a@example.com\r\nBcc: ${A_MAIL.to}` } }), site.id)
      .run();
    const attachments = [{ filename: evil, type: evil, content: "x" }];
    await stageMails(site, "live", { subject: evil, replyTo: `a@example.com\nBcc: b@example.com`, attachments });
    const [bad] = await stageMails(site, "live", { to: "ada@example.com\r\nBcc: victim@example.com" });
    expect(bad).toMatchObject({ status: "failed", reason: "invalid_recipient" });
    const [list] = await stageMails(site, "live", { to: "ada@example.com, victim@example.com" });
    expect(list).toMatchObject({ status: "failed", reason: "invalid_recipient" });
    await deliver(post.bindings(), clock);
    const [message] = post.taken;
    expect(post.taken).toHaveLength(1);
    const oneLine = "Hello Bcc: victim@example.com body tail";
    expect(message).toMatchObject({ subject: oneLine, from: { name: oneLine } });
    expect(message?.replyTo).toBeUndefined();
    expect(message?.attachments?.[0]).toMatchObject({ filename: oneLine, type: oneLine });
  });
});

describe("a mail that is not sent", () => {
  it("of a sandbox is recorded as suppressed, and nothing that is done to the row has it sent", async () => {
    const [mail] = await stageMails(site, "sandbox", {});
    expect(mail).toMatchObject({ status: "suppressed", reason: "sandbox" });
    await env.DB.prepare(
      "UPDATE mails SET status = 'queued', due_at = 0, recipient = 'a@example.com', content = '{}'",
    ).run();
    await deliver(post.bindings(), clock);
    expect(post.taken).toEqual([]);
    expect(await mailRow(mail?.id as string)).toMatchObject({ status: "suppressed", reason: "sandbox" });
    const sandbox = await makeSite(clock, "sandbox");
    expect(await sendMail(post.bindings(), { ...A_MAIL, siteId: sandbox.id })).toMatchObject({
      sent: false,
      reason: "suppressed",
    });
    expect(post.taken).toEqual([]);
  });

  it.each([[{ MAIL_FROM: "" }], [{ MAIL_FROM: "no address" }]])(
    "where the deployment names no sender (%o) is recorded as failed with that reason",
    async (others) => {
      const [mail] = await stageMails(site, "live", {});
      await deliver(post.bindings(others), clock);
      expect(post.taken).toEqual([]);
      expect(await mailRow(mail?.id as string)).toMatchObject({ status: "failed", reason: "mail_not_configured" });
    },
  );

  it("to an address that has bounced, complained or was listed is suppressed; who unsubscribed still gets what is no campaign", async () => {
    await suppress("Bounced@Example.com", "bounce");
    await suppress("complained@example.com", "complaint");
    await suppress("listed@example.com", "manual");
    await suppress("gone@example.com", "unsubscribe");
    const unsubscribeUrl = "https://example.com/u";
    const [bounced, ...others] = await stageMails(
      site,
      "live",
      { to: "bounced@example.com" },
      { to: "Complained@example.com" },
      { to: "listed@example.com" },
      { to: "gone@example.com", unsubscribeUrl },
      { to: "gone@example.com" },
    );
    await deliver(post.bindings(), clock);
    expect(post.recipients).toEqual(["gone@example.com"]);
    expect(await mailRow(bounced?.id as string)).toMatchObject({ status: "suppressed", reason: "bounce" });
    expect(await mailRow(others[2]?.id as string)).toMatchObject({ status: "suppressed", reason: "unsubscribe" });
    const send = (to: string) => sendMail(post.bindings(), { ...A_MAIL, siteId: site.id, to, unsubscribeUrl });
    expect(await send("bounced@example.com")).toMatchObject({ sent: false, reason: "bounced" });
    expect(await send("gone@example.com")).toMatchObject({ sent: false, reason: "suppressed" });
    expect(await send("new@example.com")).toEqual({ sent: true });
  });

  it("because the provider does not take it now is tried again later, eight times, and then has failed with the reason", async () => {
    post.refuses = () => refusal("E_RATE_LIMIT_EXCEEDED");
    const [mail] = await stageMails(site, "live", {});
    const waits: number[] = [];
    for (let at = await deliver(post.bindings(), clock); at !== null; at = await deliver(post.bindings(), clock)) {
      expect(await mailRow(mail?.id as string)).toMatchObject({ status: "queued", reason: "rate_limited" });
      waits.push(at - clock.time);
      clock.time = at - 1;
      await deliver(post.bindings(), clock);
      expect((await mailRow(mail?.id as string)).attempts).toBe(waits.length);
      clock.time = at;
    }
    expect(waits).toHaveLength(8);
    expect(waits[0]).toBeGreaterThanOrEqual(60_000);
    expect(await mailRow(mail?.id as string)).toMatchObject({ status: "failed", attempts: 9, recipient: null });
  });

  it("because its recipient is refused has failed at once, and does not keep the others waiting", async () => {
    post.refuses = ({ to }) => (to === "bad@example.com" ? refusal("E_VALIDATION_ERROR") : null);
    const [bad] = await stageMails(site, "live", { to: "bad@example.com" }, { to: "good@example.com" });
    await deliver(post.bindings(), clock);
    expect(post.recipients).toEqual(["good@example.com"]);
    expect(await mailRow(bad?.id as string)).toMatchObject({ status: "failed", reason: "refused", attempts: 1 });
  });

  it("of a workspace that has ended is not sent", async () => {
    const [mail] = await stageMails(site, "live", {});
    await env.DB.prepare("UPDATE workspaces SET deleted_at = 1 WHERE id = ?1").bind(site.workspace.id).run();
    await deliver(post.bindings(), clock);
    expect(post.taken).toEqual([]);
    expect(await mailRow(mail?.id as string)).toMatchObject({ status: "failed", reason: "site_gone" });
  });
});

describe("what is kept of mails", () => {
  it("is dropped thirty days after they ended, and with their workspace; what waits is left", async () => {
    await stageMails(site, "live", {}, { to: "later@example.com" });
    post.refuses = ({ to }) => (to === "later@example.com" ? refusal("E_INTERNAL_SERVER_ERROR") : null);
    await deliver(post.bindings(), clock);
    expect(await purgeMails(env, clock.time + 29 * 86_400_000)).toBe(false);
    expect(await count("SELECT count(*) AS n FROM mails")).toBe(2);
    await purgeMails(env, clock.time + 31 * 86_400_000);
    expect(await count("SELECT count(*) AS n FROM mails")).toBe(1);
    expect(await count("SELECT count(*) AS n FROM mails WHERE status = 'queued'")).toBe(1);
  });
});
