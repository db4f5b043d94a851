import { env } from "cloudflare:workers";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { publishDueNext } from "../../../src/content/deployments/service/due.ts";
import { makeSite, type TestSite } from "../../support/client.ts";
import { TestClock } from "../../support/fixtures.ts";
import { expectRefused } from "../bad-input/refusals.ts";

const DAY = 24 * 3_600_000;
const clock = new TestClock();
let at: TestSite;
let draft: string;

beforeAll(async () => {
  at = await makeSite(clock);
});

beforeEach(async () => {
  draft = (await at.site.create("/pages", { title: "Draft" })).id;
});

const inMs = (ms: number) => new Date(clock.time + ms).toISOString();
const page = async (id = draft) => (await at.site.get(`/pages/${id}`)).body.data;

/** The same plan in a new page, a change and a replacement. */
const everyWrite = (fields: object) => [
  () => at.site.post("/pages", { title: "New", ...fields }),
  () => at.site.patch(`/pages/${draft}`, fields),
  () => at.site.put(`/pages/${draft}`, { title: "Draft", ...fields }),
];

describe("the time at which a page is to be published", () => {
  it.each([
    ["a moment ago", () => inMs(0)],
    ["long ago", () => "2001-01-01T00:00:00Z"],
    ["in more than five years", () => inMs(5 * 366 * DAY + 60_000)],
    ["a number", () => clock.time + DAY],
    ["true", () => true],
    ["a date without a time", () => "2027-01-01"],
    ["a time without an offset", () => "2027-01-01T00:00:00"],
    ["a day there is not", () => "2027-02-30T00:00:00Z"],
    ["words", () => "tomorrow"],
    ["nothing", () => ""],
  ])("the time at which a page is to be published is refused when it is %s", async (_, publishAt) => {
    await expectRefused("publishAt", ...everyWrite({ publishAt: publishAt() }));
  });

  it("the time at which a page is to be published is refused for a page that is no draft", async () => {
    const publishAt = inMs(DAY);
    for (const status of ["published", "archived"])
      await expectRefused("publishAt", ...everyWrite({ publishAt, status }));
    const published = await at.site.create("/pages", { title: "Published", status: "published" });
    await expectRefused("publishAt", () => at.site.patch(`/pages/${published.id}`, { publishAt }));
  });

  it("the time at which a page is to be published is refused for a page that becomes published with it, although it was planned for that time before", async () => {
    const publishAt = inMs(DAY);
    await at.site.patch(`/pages/${draft}`, { publishAt });
    const both = { publishAt, status: "published" };
    await expectRefused(
      "publishAt",
      () => at.site.patch(`/pages/${draft}`, both),
      () => at.site.put(`/pages/${draft}`, { title: "Draft", ...both }),
    );
  });

  it("the time at which a page is to be published is kept as a moment, whatever offset it is given in", async () => {
    const made = await at.site.create("/pages", { title: "Later", publishAt: "2027-03-01T09:30:00.250+02:00" });
    expect(made.publishAt).toBe("2027-03-01T07:30:00.250Z");
    expect((await page(made.id)).publishAt).toBe("2027-03-01T07:30:00.250Z");
  });

  it("the time at which a page is to be published stays through other changes, goes with null, and with a PUT that does not name it", async () => {
    const publishAt = inMs(DAY);
    await at.site.patch(`/pages/${draft}`, { publishAt });
    await at.site.patch(`/pages/${draft}`, { title: "Renamed" });
    expect(await page()).toMatchObject({ publishAt, title: "Renamed" });
    expect((await at.site.patch(`/pages/${draft}`, { publishAt: null })).body.data.publishAt).toBeNull();
    await at.site.patch(`/pages/${draft}`, { publishAt });
    expect((await at.site.put(`/pages/${draft}`, { title: "Replaced" })).body.data.publishAt).toBeNull();
  });

  it.each(["published", "archived"])(
    "the time at which a page is to be published goes when somebody makes the page %s, and does not come back",
    async (status) => {
      await at.site.patch(`/pages/${draft}`, { publishAt: inMs(DAY) });
      expect((await at.site.patch(`/pages/${draft}`, { status })).body.data).toMatchObject({ status, publishAt: null });
      expect((await at.site.patch(`/pages/${draft}`, { status: "draft" })).body.data.publishAt).toBeNull();
    },
  );

  it("the time at which a page is to be published may be that of a page that is published now and becomes a draft with it", async () => {
    const publishAt = inMs(DAY);
    await at.site.patch(`/pages/${draft}`, { status: "published" });
    const { data } = (await at.site.patch(`/pages/${draft}`, { status: "draft", publishAt })).body;
    expect(data).toMatchObject({ status: "draft", publishAt });
  });

  it("the time at which a page is to be published is when the scheduler is to run next, of drafts alone", async () => {
    const other = await makeSite(clock);
    const tenant = { workspaceId: other.workspace.id, environment: "live" as const };
    expect(await publishDueNext(env, clock.time, tenant)).toBeNull();
    const { id } = await other.site.create("/pages", { title: "Planned", publishAt: "2027-03-01T00:00:00Z" });
    expect(await publishDueNext(env, clock.time, tenant)).toBe(Date.UTC(2027, 2, 1));
    await env.DB.prepare("UPDATE pages SET status = 'archived' WHERE id = ?").bind(id).run();
    expect(await publishDueNext(env, clock.time, tenant)).toBeNull();
  });
});
