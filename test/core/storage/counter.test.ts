import { env } from "cloudflare:workers";
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { keptCounters } from "../../../scripts/counters.ts";
import { counter, tenantScope } from "../../../src/core/storage/counter.ts";
import { KEPT_COUNTERS } from "../../../src/core/storage/counters.generated.ts";
import { databaseOf } from "../../../src/core/storage/database.ts";

const STATUSES = ["draft", "published", "archived"] as const;

describe("a counter", () => {
  it("a counter that no trigger keeps does not start", () => {
    expect(() => counter("bookings")).toThrow("No trigger keeps the counter bookings");
    expect(() => counter("constructor")).toThrow("No trigger keeps the counter constructor");
    // Coupons are counted whole, orders by status only.
    expect(() => counter("coupons", ["active"])).toThrow("No trigger keeps the counter coupons:");
    expect(() => counter("orders")).toThrow("No trigger keeps the counter orders");
  });

  it("a counter adds up what was counted in its scope, of some values or of all", async () => {
    const db = databaseOf(env, 1);
    const scope = tenantScope({ workspaceId: 1, environment: "live" });
    const rows = [
      ["posts:draft", 2],
      ["posts:published", 40],
      ["posts:lost", 100],
    ] as const;
    for (const [name, n] of rows) await db.run(sql`INSERT INTO collection_counts VALUES (${scope}, ${name}, ${n})`);
    const posts = counter("posts", STATUSES);
    const read = async (total: ReturnType<typeof posts.count>) =>
      (await db.all<{ total: number }>(sql`SELECT ${total} AS total`))[0]?.total;
    expect(await read(posts.count(scope))).toBe(42);
    expect(await read(posts.count(scope, ["draft"]))).toBe(2);
    expect(await read(posts.count(scope, ["archived"]))).toBe(0);
    expect(await read(posts.count("1:sandbox"))).toBe(0);
  });

  it("a counter is not asked for a value it was not declared with", () => {
    const posts = counter("posts", STATUSES);
    expect(() => posts.count("1:live", ["lost" as "draft"])).toThrow("posts: is not counted by lost");
    expect(() => counter("coupons").count("site_1", ["draft" as never])).toThrow("coupons is not counted by draft");
  });
});

const CREATED = `
CREATE TRIGGER things_insert AFTER INSERT ON things BEGIN
  INSERT INTO collection_counts VALUES (NEW.workspace_id || ':' || NEW.environment, 'things:' || NEW.status, 1),
    (NEW.site_id, 'things:rev', 1) ON CONFLICT DO UPDATE SET n = n + 1;
  INSERT INTO collection_counts SELECT NEW.site_id, 'things', 1 WHERE NEW.site_id IS NOT NULL
    ON CONFLICT DO UPDATE SET n = n + 1;
END;
--> statement-breakpoint
CREATE TRIGGER things_delete AFTER DELETE ON things BEGIN
  UPDATE collection_counts SET n = n - 1 WHERE scope = OLD.site_id AND name = 'things';
  UPDATE collection_counts SET n = n - 1
    WHERE scope = OLD.workspace_id || ':' || OLD.environment AND name = 'things:' || OLD.status;
END;`;

describe("the counters that migrations keep", () => {
  it("the counters that migrations keep are those that triggers raise and lower", () => {
    expect(keptCounters([CREATED])).toEqual(["things", "things:"]);
  });

  it("the counters that migrations keep do not outlive the trigger that lowers or raises them", () => {
    expect(keptCounters([CREATED, "DROP TRIGGER things_delete;"])).toEqual([]);
    expect(keptCounters([CREATED, "DROP TRIGGER IF EXISTS things_insert;"])).toEqual([]);
    expect(keptCounters([CREATED, "DROP TRIGGER things_insert;", CREATED])).toEqual(["things", "things:"]);
  });

  it("the counters that migrations keep are written down", () => {
    expect(KEPT_COUNTERS).toEqual([...KEPT_COUNTERS].sort());
    expect(KEPT_COUNTERS).toContain("pages:");
  });
});
