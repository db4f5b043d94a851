import { env } from "cloudflare:workers";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { publishDuePages } from "../../../src/content/deployments/service/due-pages.ts";
import { publishDue } from "../../../src/content/deployments/service/due.ts";
import { START, TestClock } from "../../support/fixtures.ts";
import { expectTidy, liveNumber, MINUTES } from "../../support/publishing.ts";
import { makeVisitedSite, type VisitedSite } from "../../visitors/world.ts";
import { type Action, actions, Model, SLUGS } from "./model.ts";

const KEPT = 20;
const clock = new TestClock();

/** A website, and what it is to be. */
class World {
  readonly model = new Model();
  private titles = 0;

  constructor(private readonly site: VisitedSite) {}

  async act(action: Action): Promise<void> {
    const { model, site } = this;
    clock.advance(6 * MINUTES);
    if (action.kind === "publish") {
      await site.publish();
      return model.publish();
    }
    if (action.kind === "rollback") return this.rollBack(model.live - action.back);
    if (action.kind === "create") {
      const { slug, isPublished } = action;
      if (!model.isFree(slug)) return;
      const title = this.newTitle();
      const id = await site.page({ title, slug, status: isPublished ? "published" : "draft" });
      model.pages.push({ id, slug, title, isPublished });
      return;
    }
    const page = model.pages[action.page % Math.max(1, model.pages.length)];
    if (!page) return;
    const change = async (fields: Partial<typeof page>) => {
      const { isPublished, ...sent } = {
        ...fields,
        ...("isPublished" in fields && { status: fields.isPublished ? "published" : "draft" }),
      };
      await site.change(page.id, sent);
      Object.assign(page, fields);
    };
    if (action.kind === "rename") return change({ title: this.newTitle() });
    if (action.kind === "toggle") return change({ isPublished: !page.isPublished });
    if (action.kind === "move") return model.isFree(action.slug) ? change({ slug: action.slug }) : undefined;
    if (action.kind === "remove") {
      await site.ask("DELETE", `/pages/${page.id}`);
      model.pages.splice(model.pages.indexOf(page), 1);
      return;
    }
    await site.change(page.id, { status: "draft", publishAt: new Date(clock.time + MINUTES).toISOString() });
    clock.advance(MINUTES);
    await publishDuePages(env, clock.time);
    await publishDue(env, clock.time);
    model.publishAlone(page);
  }

  async rollBack(number: number): Promise<void> {
    const { model, site } = this;
    const isKept = number > Math.max(0, model.deployments.length - KEPT);
    if (!isKept || number === model.live) return;
    const sql = "SELECT id FROM deployments WHERE site_id = ? AND number = ?";
    const deploymentId = await env.DB.prepare(sql).bind(site.id, number).first<string>("id");
    const { status, text } = await site.ask("POST", "/rollback", { deploymentId });
    expect(status, text).toBe(200);
    model.live = number;
  }

  /** What visitors see is what the live deployment is to show. */
  async check(): Promise<void> {
    const { model, site } = this;
    expect((await liveNumber(site.id)) ?? 0).toBe(model.live);
    for (const slug of SLUGS) {
      const response = await site.visitAfresh(`/${slug}`);
      const html = await response.text();
      const title = /<main[^>]*>\s*<h1>(.*?)<\/h1>/.exec(html)?.[1];
      const moved = `301 ${response.headers.get("Location")?.split("/").at(-1)}`;
      const seen = response.status === 200 ? title : response.status === 301 ? moved : String(response.status);
      expect(model.live === 0 ? ["404"] : model.expected(model.live, slug), slug).toContain(seen);
    }
  }

  private newTitle(): string {
    this.titles += 1;
    return `Title ${this.titles}`;
  }
}

describe("whatever is done to a website, in whatever order,", () => {
  it("whatever is done to a website, in whatever order, every deployment that is kept shows what it showed, and the bucket has what they show", async () => {
    const history = fc.array(actions, { minLength: 40, maxLength: 60, size: "max" });
    await fc.assert(
      fc.asyncProperty(history, async (list) => {
        clock.time = START;
        const site = await makeVisitedSite(clock);
        const world = new World(site);
        for (const action of list) {
          await world.act(action);
          if (["publish", "rollback", "schedule"].includes(action.kind)) await world.check();
        }
        await expectTidy(clock, site.id);
        const last = world.model.deployments.length;
        for (let number = Math.max(1, last - KEPT + 1); number <= last; number += 1) {
          await world.rollBack(number);
          await world.check();
        }
      }),
      { numRuns: 2, endOnFailure: true },
    );
  });
});
