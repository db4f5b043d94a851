import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { PageBodies } from "../../../src/content/pages/contract.ts";
import { pages } from "../../../src/content/pages/table.ts";
import { siteWord } from "../../../src/content/pages/words.ts";
import { createSite } from "../../../src/content/sites/service.ts";
import { newId } from "../../../src/core/ids.ts";
import { insertRows } from "../../../src/core/storage/bulk.ts";
import { withMade } from "../../../src/core/storage/folded.ts";
import { runBatch } from "../../../src/core/storage/statements.ts";
import { seedDemo } from "../../../src/dev/seed.ts";
import type { Env } from "../../../src/env.ts";
import { call, makeWorkspace, START, TestClock, type Workspace } from "../../support/fixtures.ts";
import { comparable, exported, imported, recordsOf, registerOwnJobs, uploaded } from "./world.ts";

const clock = new TestClock();

beforeEach(() => {
  clock.use();
  clock.time = Math.max(clock.time, START);
  registerOwnJobs();
});

/** Bindings of a worker that dies: after so many commits, each of which was carried out, the database answers no more. */
function dying(commits: number): Env {
  let left = commits;
  const DB = new Proxy(env.DB, {
    get(target, name) {
      const value = Reflect.get(target, name) as unknown;
      if (name === "batch") {
        return async (statements: D1PreparedStatement[]) => {
          if (left < 0) throw new Error("Network connection lost.");
          const results = await target.batch(statements);
          left -= 1;
          if (left < 0) throw new Error("Network connection lost.");
          return results;
        };
      }
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
  return { ...env, DB };
}

/** Kills one worker after the other, each a few commits further than the last. */
function mortal(): () => Env {
  let commits = 1;
  return () => {
    commits += 1;
    return dying(commits);
  };
}

async function manyPages(workspace: Workspace, count: number): Promise<string> {
  const ctx = workspace.context();
  const { id: siteId } = await createSite({ ctx, input: { name: "Large" } as never });
  await ctx.unit.commit();
  const ids = Array.from({ length: count }, () => newId("page", clock.time));
  for (let start = 0; start < count; start += 250) {
    const rows = ids.slice(start, start + 250).map((id, index) => {
      const n = start + index;
      const blocks = [
        { type: "TextSection", props: { heading: `Page ${n}`, body: `See ${ids[(n + 1) % count]}. Ünïcode 🎉` } },
      ];
      const { seq: _, ...row } = withMade(pages, {
        ...PageBodies.fill({ title: `Page ${n}`, blocks }),
        seq: 0,
        id,
        workspaceId: workspace.id,
        environment: "live",
        siteId,
        slug: `page-${n}`,
        locale: "en",
        parentId: n > 0 && n % 10 === 0 ? (ids[n + 5] ?? null) : null,
        site: siteWord(siteId),
        version: 1,
        createdAt: clock.time + (n % 7),
        updatedAt: clock.time,
        publishedAt: null,
      } as never) as typeof pages.$inferSelect;
      return row;
    });
    await runBatch(ctx.db, [insertRows(pages, rows)]);
  }
  return siteId;
}

describe("an archive", () => {
  it("of the demo, imported into an empty workspace and exported again, is the same but for ids and times", async () => {
    const { keys, workspaceId } = await seedDemo(env, {}, clock.time);
    const original = await exported(clock, workspaceId, { "X-Api-Key": keys.live });
    const records = await recordsOf(original);
    expect(Object.keys(records)).toEqual(
      expect.arrayContaining(["sites", "media", "custom-blocks", "pages", "posts", "products", "coupons", "orders"]),
    );
    const found = records.pages?.length;
    const other = await makeWorkspace(clock);
    const { headers } = await other.key({ environment: "sandbox" });
    const upload_id = await uploaded(other.id, headers, original);
    const job = await imported(clock, { workspaceId: other.id, headers, body: { upload_id } });
    expect(job).toMatchObject({ status: "succeeded", error: null });
    expect(job.result).toMatchObject({
      problems: [],
      counts: { page: { found, created: found, existing: 0, failed: 0 } },
    });
    const copy = await exported(clock, other.id, headers);
    expect(await comparable(copy)).toEqual(await comparable(original));
  });

  it("brings nothing twice: imported again it finds everything in place", async () => {
    const workspace = await makeWorkspace(clock);
    const { headers } = await workspace.key();
    await manyPages(workspace, 30);
    const archive = await exported(clock, workspace.id, headers);
    const other = await makeWorkspace(clock);
    const { headers: theirs } = await other.key();
    const body = { upload_id: await uploaded(other.id, theirs, archive) };
    await imported(clock, { workspaceId: other.id, headers: theirs, body });
    const again = await imported(clock, { workspaceId: other.id, headers: theirs, body });
    expect(again.result).toMatchObject({
      counts: { page: { found: 30, created: 0, existing: 30 }, site: { existing: 1 } },
    });
    expect((await call("GET", "/v1/sites", { headers: theirs })).body.pagination.total).toBe(1);
  });

  it("of 5,000 pages comes whole, though its workers die again and again", async () => {
    const workspace = await makeWorkspace(clock);
    const { headers } = await workspace.key();
    await manyPages(workspace, 5_000);
    const original = await exported(clock, workspace.id, headers);
    const other = await makeWorkspace(clock);
    const { headers: theirs } = await other.key({ environment: "sandbox" });
    const body = { upload_id: await uploaded(other.id, theirs, original) };
    const job = await imported(clock, { workspaceId: other.id, headers: theirs, body }, mortal());
    expect(job).toMatchObject({
      status: "succeeded",
      result: { problems: [], counts: { page: { found: 5_000, created: 5_000 } } },
    });
    const copy = await exported(clock, other.id, theirs);
    expect(await comparable(copy)).toEqual(await comparable(original));
    const { n } = (await env.DB.prepare(
      "SELECT count(*) AS n FROM events WHERE workspace_id = ? AND type = 'page.created'",
    )
      .bind(other.id)
      .first<{ n: number }>()) as { n: number };
    expect(n).toBe(5_000);
  });
});
