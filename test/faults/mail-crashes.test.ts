import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { LEASE_MS } from "../../src/mail/lease.ts";
import { deliver, failingPost, mailRow, PostOffice, stageMails } from "../mail/post.ts";
import { TestClock } from "../support/fixtures.ts";
import { makeSite, type Moment, type Site } from "./world.ts";

const clock = new TestClock();
let site: Site;

beforeAll(async () => {
  site = await makeSite(clock);
});

beforeEach(async () => {
  await env.DB.prepare("DELETE FROM mails").run();
});

/** Runs the cron until no mail waits. */
async function settle(post: PostOffice): Promise<void> {
  for (let at = await deliver(post.bindings(), clock); at !== null; at = await deliver(post.bindings(), clock)) {
    clock.time = Math.max(clock.time, at);
  }
}

describe("a run of the post whose n-th call of a binding fails, for every n", () => {
  it.each<Moment>(["before", "after"])(
    "has every mail sent in the end when a call fails %s it is carried out, and twice at most the one whose yes was lost",
    async (moment) => {
      for (let target = 1; ; target += 1) {
        const post = new PostOffice();
        const to = ["one@example.com", "two@example.com", "three@example.com"];
        const staged = await stageMails(site, "live", ...to.map((it) => ({ to: it })));
        const { bindings, calls } = failingPost(post, target, moment);
        await deliver(bindings, clock).catch(() => null);
        clock.advance(LEASE_MS);
        await settle(post);
        for (const { id } of staged) {
          expect(await mailRow(id)).toMatchObject({ status: "sent", recipient: null, content: null, due_at: null });
        }
        expect(new Set(post.recipients)).toEqual(new Set(to));
        expect(post.taken.length).toBeLessThanOrEqual(to.length + 1);
        if (calls() < target) {
          expect(post.taken).toHaveLength(to.length);
          return;
        }
        await env.DB.prepare("DELETE FROM mails").run();
      }
    },
  );

  it("runs side by side send each mail once", async () => {
    const post = new PostOffice();
    const many = Array.from({ length: 40 }, (_, at) => ({ to: `a${at}@example.com` }));
    await stageMails(site, "live", ...many);
    await Promise.all(Array.from({ length: 8 }, () => deliver(post.bindings(), clock)));
    await settle(post);
    expect(post.taken).toHaveLength(many.length);
    expect(new Set(post.recipients).size).toBe(many.length);
  });

  it("a mail that takes its worker down each time is given up after its attempts", async () => {
    const [mail] = await stageMails(site, "live", {});
    await env.DB.prepare("UPDATE mails SET attempts = 9, lease_id = 'dead', due_at = ?1").bind(clock.time).run();
    const post = new PostOffice();
    await deliver(post.bindings(), clock);
    expect(post.taken).toEqual([]);
    expect(await mailRow(mail?.id as string)).toMatchObject({ status: "failed", reason: "given_up" });
  });
});
