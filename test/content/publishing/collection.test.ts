import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { count } from "../../faults/world.ts";
import { START, TestClock } from "../../support/fixtures.ts";
import { expectTidy, liveNumber, mainOf, objectsOf } from "../../support/publishing.ts";
import { makeVisitedSite, type VisitedSite } from "../../visitors/world.ts";
import { publicSite } from "../../../src/content/live/public.ts";
import { serveSite } from "../../../src/visitors/serve.ts";

const KEPT = 20;
const clock = new TestClock();
let site: VisitedSite;
/** A page that changes with every publish, and one that moves and one that goes in the first ones. */
let home: string;
let moved: string;
let gone: string;
/** Ids of the deployments, the first one first. */
let made: string[];

const publish = async (): Promise<void> => {
  await site.change(home, { title: `Home ${made.length + 1}` });
  made.push(((await site.publish()) as unknown as { id: string }).id);
};
const rollback = (deploymentId: string | undefined) => site.ask("POST", "/rollback", { deploymentId });
const text = async (path: string) => (await mainOf(site, path)).replace(/<[^>]*>/g, "").trim();

beforeEach(async () => {
  clock.time = START;
  site = await makeVisitedSite(clock);
  made = [];
  home = await site.page({ title: "Home", slug: "home" });
  moved = await site.page({ title: "Moved", slug: "old" });
  gone = await site.page({ title: "Gone", slug: "gone" });
  await site.page({ title: "Same", slug: "same" });
  await publish();
  await site.change(moved, { slug: "new" });
  await site.ask("DELETE", `/pages/${gone}`);
  await publish();
});

const publishUpTo = async (number: number): Promise<void> => {
  while (made.length < number) await publish();
};

describe("of 25 deployments", () => {
  beforeEach(() => publishUpTo(25));

  it("of 25 deployments, the last 20 are listed and shown, the others are not there any more", async () => {
    const { data, pagination } = (await site.ask("GET", "/deployments?limit=100")).body;
    expect(data.map(({ id }: { id: string }) => id).sort()).toEqual(made.slice(-KEPT).sort());
    expect(pagination.total).toBe(KEPT);
    expect((await site.ask("GET", `/deployments/${made[4]}`)).status).toBe(404);
    expect((await site.ask("GET", `/deployments/${made[5]}`)).body.data.number).toBe(6);
    expect((await rollback(made[4])).status).toBe(400);
  });

  it("of 25 deployments, each of those kept can be gone back to, and is shown as it was", async () => {
    await expectTidy(clock, site.id);
    for (let number = 6; number < 25; number += 1) {
      clock.advance(1_000);
      expect((await rollback(made[number - 1])).status).toBe(200);
      expect(await Promise.all(["/", "/new", "/same"].map(text))).toEqual([`Home ${number}`, "Moved", "Same"]);
    }
  });

  it("of 25 deployments, the bucket has what they show, and former addresses lead where they did", async () => {
    const shown = ["/old", "/gone"].map(async (path) => {
      const { status, headers } = await site.visitAfresh(path);
      return [status, headers.get("Location")];
    });
    expect(await Promise.all(shown)).toEqual([
      [301, `/s/${site.slug}/new`],
      [410, null],
    ]);
    await expectTidy(clock, site.id);
    // One object for each version of the start page, one for the page that moved and one for that which never changed.
    expect((await objectsOf(site.id)).length).toBe(KEPT + 2);
    expect(await count("SELECT count(*) AS n FROM frozen_pages WHERE site_id = ? AND page = '{}'", site.id)).toBe(2);
  });
});

describe("an address", () => {
  it("an address is remembered in an old deployment although its page has come back to it since", async () => {
    await publishUpTo(19);
    await site.change(moved, { slug: "old" });
    await publishUpTo(24);
    await rollback(made[9]);
    expect((await site.visitAfresh("/old")).headers.get("Location")).toBe(`/s/${site.slug}/new`);
    await rollback(made[23]);
    expect([await text("/old"), (await site.visitAfresh("/new")).status]).toEqual(["Moved", 301]);
  });
});

describe("a deployment that is given up while it is live, after a rollback to the oldest", () => {
  it("a deployment that is given up while it is live, after a rollback to the oldest, is shown on to readers who have not heard of the new one", async () => {
    await publishUpTo(KEPT);
    await rollback(made[0]);
    const stale = await publicSite(env, { slug: site.slug });
    await publish();
    expect(await liveNumber(site.id)).toBe(KEPT + 1);
    const visit = async (path: string) => {
      const request = new Request(`https://elsewhere.example.com/s/${site.slug}/${path}`);
      return serveSite(env, request, stale as NonNullable<typeof stale>, path);
    };
    for (const [path, title] of [
      ["", "Home 1"],
      ["old", "Moved"],
      ["gone", "Gone"],
    ] as const) {
      expect(await (await visit(path)).text()).toContain(`<h1>${title}</h1>`);
    }
    expect((await site.ask("GET", "/deployments?limit=100")).body.pagination.total).toBe(KEPT);
    await expectTidy(clock, site.id);
    await publish();
    await expectTidy(clock, site.id);
    expect(
      await count(
        "SELECT count(*) AS n FROM frozen_pages WHERE site_id = ? AND end_number <= 3 AND page <> '{}'",
        site.id,
      ),
    ).toBe(0);
  });
});
