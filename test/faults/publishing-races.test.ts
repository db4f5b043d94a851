import { env } from "cloudflare:workers";
import { describe, expect, it } from "vitest";
import { publishDuePages } from "../../src/content/deployments/service/due-pages.ts";
import { publishDue } from "../../src/content/deployments/service/due.ts";
import { TestClock } from "../support/fixtures.ts";
import { expectTidy, liveNumber, mainOf, MINUTES } from "../support/publishing.ts";
import { makeVisitedSite } from "../visitors/world.ts";
import { held } from "./world.ts";

describe("two runs of one publish, the slower held up before its n-th call of a binding, for every n,", () => {
  it.each([false, true])(
    "two runs of one publish, the slower held up before its n-th call of a binding, for every n, make one deployment whose objects stay (a page changed meanwhile: %s)",
    async (isChanged) => {
      const clock = new TestClock();
      const site = await makeVisitedSite(clock);
      const id = await site.page({ title: "v0", slug: "page" });
      await site.publish();
      for (let target = 1; ; target += 1) {
        await site.change(id, { title: `v${target}` });
        expect((await site.ask("POST", "/publish", { ifCooldown: "queue" })).status).toBe(202);
        clock.advance(5 * MINUTES);
        const { bindings, reached, release, calls } = held(target);
        const slower = publishDue(bindings, clock.time);
        await Promise.race([reached, slower]);
        const title = isChanged ? `w${target}` : `v${target}`;
        if (isChanged && calls() >= target) await site.change(id, { title });
        await publishDue(env, clock.time);
        release();
        await slower;
        expect(await liveNumber(site.id)).toBe(target + 1);
        if (calls() < target) break;
        expect(await mainOf(site, "/page")).toContain(`<h1>${title}</h1>`);
      }
      await expectTidy(clock, site.id);
    },
  );
});

describe("a page whose time comes while a queued publish is carried out", () => {
  it.each([
    { publish: "of another page", held: "publish", isWhole: false, runs: [publishDue, publishDuePages] },
    { publish: "of the website", held: "page", isWhole: true, runs: [publishDuePages, publishDue] },
  ] as const)(
    "a page whose time comes while a queued publish is carried out: $publish is live with it or the next, the $held held up before its n-th call, for every n",
    async ({ isWhole, runs }) => {
      const [slower, faster] = runs;
      const clock = new TestClock();
      const site = await makeVisitedSite(clock);
      const home = await site.page({ title: "Home", slug: "home" });
      await site.publish();
      for (let target = 1; ; target += 1) {
        const plan = (slug: string, minutes: number) => {
          const publishAt = new Date(clock.time + minutes * MINUTES).toISOString();
          return site.page({ title: slug, slug, status: "draft", publishAt });
        };
        await site.change(home, { title: `Home ${target}` });
        if (isWhole) await site.ask("POST", "/publish", { ifCooldown: "queue" });
        else await plan(`other-${target}`, 1);
        clock.advance(4 * MINUTES);
        await publishDuePages(env, clock.time);
        await plan(`page-${target}`, 1);
        clock.advance(MINUTES);
        const { bindings, reached, release, calls } = held(target);
        const running = slower(bindings, clock.time);
        await Promise.race([reached, running]);
        await faster(env, clock.time);
        release();
        await running;
        const isOver = calls() < target;
        for (const minutes of [0, 5]) {
          clock.advance(minutes * MINUTES);
          await publishDuePages(env, clock.time);
          await publishDue(env, clock.time);
        }
        expect(await mainOf(site, `/page-${target}`)).toContain(`<h1>page-${target}</h1>`);
        if (!isWhole) expect(await mainOf(site, `/other-${target}`)).toContain(`<h1>other-${target}</h1>`);
        await site.publish();
        if (isOver) break;
      }
      await expectTidy(clock, site.id);
    },
  );
});
