import { createExecutionContext, waitOnExecutionContext } from "cloudflare:test";
import { env } from "cloudflare:workers";
import { abortAllDurableObjects } from "cloudflare:test";
import { beforeEach, describe, expect, it } from "vitest";
import { app } from "../../src/app.ts";
import { collectMedia } from "../../src/content/media/service/collect.ts";
import type { Env } from "../../src/env.ts";
import { freshAddress } from "../security/world.ts";
import { TestClock } from "../support/fixtures.ts";
import { OWN } from "../visitors/shop/browser.ts";
import { FormVisitor, type FormSite, makeFormSite, pdf, RIGHT } from "../visitors/forms/world.ts";
import { count, failing, held, type Moment } from "./world.ts";

const clock = new TestClock();
const HOUR = 3_600_000;
let site: FormSite;

beforeEach(async () => {
  site = await makeFormSite(clock);
});

/** A form that somebody has filled in, with a file. */
async function filledIn(): Promise<{ send(bindings?: Env): Promise<number> }> {
  const visitor = new FormVisitor(site, clock);
  const hidden = await visitor.hidden();
  clock.advance(15_000);
  return {
    async send(bindings = { ...env, LOG_LEVEL: "silent" } as Env) {
      const form = new FormData();
      for (const [name, value] of Object.entries({ ...hidden, ...RIGHT })) form.append(name, value);
      form.append("sketch", pdf());
      const ctx = createExecutionContext();
      const headers = { ...OWN, "CF-Connecting-IP": freshAddress() };
      const url = `https://api.example.com${visitor.action}`;
      const response = await app.fetch(new Request(url, { method: "POST", headers, body: form }), bindings, ctx);
      await response.text();
      await waitOnExecutionContext(ctx);
      return response.status;
    },
  };
}

/** What there is of submissions, their files and events, and what lies in the bucket. */
async function books() {
  const { objects } = await env.MEDIA.list({ prefix: `sites/${site.id}/` });
  const n = (table: string) => count(`SELECT count(*) AS n FROM ${table} WHERE site_id = ?1`, site.id);
  const told = await count("SELECT count(*) AS n FROM events WHERE site_id = ?1 AND type = 'form.submitted'", site.id);
  const storage = await count(
    "SELECT coalesce(sum(n), 0) AS n FROM collection_counts WHERE scope = ?1 AND name = 'storage'",
    `${site.workspace.id}:live`,
  );
  return {
    submissions: await n("form_submissions"),
    files: await n("form_files"),
    told,
    objects: objects.length,
    storage,
  };
}

/** The books of so many submissions, once what is nobody's was collected. */
const booksOf = (n: number) => ({ submissions: n, files: n, told: n, objects: n, storage: n * 1_009 });

describe("a form whose n-th call of a binding fails, for every n", () => {
  it.each<Moment>(["before", "after"])(
    "a form whose n-th call of a binding fails, for every n, %s it is carried out, is one submission with one file once it is sent again, and leaves no bytes behind",
    async (moment) => {
      for (let target = 1; ; target += 1) {
        const form = await filledIn();
        const { bindings, calls } = failing(target, moment);
        const status = await form.send(bindings);
        expect([303, 409, 503]).toContain(status);
        await abortAllDurableObjects();
        expect(await form.send()).toBe(303);
        clock.advance(2 * HOUR);
        await collectMedia(env, clock.time);
        expect([target, await books()]).toEqual([target, booksOf(target)]);
        if (calls() < target) return expect([status, target > 8]).toEqual([303, true]);
      }
    },
  );

  it("a form that stands still at its n-th call of a binding, for every n, and goes on beside its repetition, is one submission with one file", async () => {
    for (let target = 1; ; target += 1) {
      const form = await filledIn();
      const { bindings, reached, release, calls } = held(target);
      const first = form.send(bindings);
      const isOver = await Promise.race([reached.then(() => false), first.then(() => true)]);
      expect(await form.send()).toBe(303);
      release();
      expect([303, 503]).toContain(await first);
      clock.advance(2 * HOUR);
      await collectMedia(env, clock.time);
      expect([target, await books()]).toEqual([target, booksOf(target)]);
      if (isOver) return expect(calls()).toBeLessThan(target);
    }
  });
});
