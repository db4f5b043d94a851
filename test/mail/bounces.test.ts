import { beforeEach, describe, expect, it } from "vitest";
import { consumeMailEvents } from "../../src/mail/bounces/consumer.ts";
import { undeliveredIn } from "../../src/mail/bounces/event.ts";
import { count, makeSite, without, type Site } from "../faults/world.ts";
import { TestClock } from "../support/fixtures.ts";
import { deliver, mailRow, PostOffice, stageMails } from "./post.ts";

const clock = new TestClock();
let site: Site;
let post: PostOffice;

beforeEach(async () => {
  clock.use();
  site = await makeSite(clock);
  post = new PostOffice();
});

const event = (type: string, payload: object = {}): Record<string, unknown> => ({
  type: `cf.email.sending.message.${type}`,
  source: { type: "email.sending", zoneId: "023e105f4ecef8ad9ca31a8372d0c353", domain: "mail.example.com" },
  payload: {
    eventId: "0190d0c4-7ea1-7af2-8b88-c1d2e3f4a5b6",
    messageId: "m1@mail.example.com",
    sender: "post@mail.example.com",
    recipient: "Ada@example.com",
    subject: "Your order",
    terminal: true,
    delivery: { status: type },
    ...(type === "bounced" && {
      bounce: { type: "hard", classification: "permanent_failure", reason: "550 5.1.1 User unknown" },
    }),
    ...(type === "complained" && { complaint: { type: "abuse" } }),
    ...payload,
  },
  metadata: { accountId: "f9f79265f388666de8122cfb508d7776", eventSchemaVersion: 1 },
});

const told = async (bindings = post.bindings(), ...bodies: unknown[]) => {
  const retried: unknown[] = [];
  const messages = bodies.map((body) => ({ body, retry: () => retried.push(body) }));
  await consumeMailEvents({ messages } as never, bindings);
  return retried;
};

const listed = (email: string) =>
  count("SELECT count(*) AS n FROM mail_suppressions WHERE site_id = ?1 AND email = ?2", site.id, email);

describe("an event of Email Sending", () => {
  it("of a permanent bounce and of a complaint says who is not to be written to; all others, and anything else, say nothing", () => {
    const found = { email: "ada@example.com", providerId: "m1@mail.example.com" };
    expect(undeliveredIn(event("bounced"))).toEqual({ reason: "bounce", detail: "550 5.1.1 User unknown", ...found });
    expect(undeliveredIn(event("complained"))).toEqual({ reason: "complaint", detail: null, ...found });
    expect(undeliveredIn(event("bounced", { bounce: { type: "soft" } }))).toBeNull();
    for (const type of ["delivered", "deferred", "failed", "rejected"]) expect(undeliveredIn(event(type))).toBeNull();
    for (const junk of [null, 1, "x", [], {}, { type: "cf.email.sending.message.complained" }]) {
      expect(undeliveredIn(junk)).toBeNull();
    }
    expect(undeliveredIn(event("complained", { recipient: "a@example.com\nBcc: b@example.com" }))).toBeNull();
  });

  it("has the site whose mail it was write there no more, once however often it is told, and no other site", async () => {
    const other = await makeSite(clock);
    const [mail] = await stageMails(site, "live", {});
    await deliver(post.bindings(), clock);
    expect((await mailRow(mail?.id as string)).status).toBe("sent");
    await told(post.bindings(), event("bounced"), event("bounced"), event("complained"));
    expect(await listed("ada@example.com")).toBe(1);
    await stageMails(site, "live", {});
    await stageMails(other, "live", {});
    await deliver(post.bindings(), clock);
    expect(post.taken).toHaveLength(2);
  });

  it("that names its mail otherwise is put down to the last mail to that address, and of unknown mails to nobody", async () => {
    await stageMails(site, "live", { to: "eve@example.com" });
    await deliver(post.bindings(), clock);
    await told(post.bindings(), event("bounced", { messageId: "other-1", recipient: "nobody@example.com" }));
    expect(await listed("nobody@example.com")).toBe(0);
    await told(post.bindings(), event("bounced", { messageId: "other-1", recipient: "EVE@example.com" }));
    expect(await listed("eve@example.com")).toBe(1);
  });

  it("is told again when the database does not answer", async () => {
    const complaint = event("complained");
    expect(await told({ ...without("DB"), LOG_LEVEL: "silent" }, complaint, { type: "junk" })).toEqual([complaint]);
  });
});
