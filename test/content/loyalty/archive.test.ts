import { env } from "cloudflare:workers";
import { beforeEach, describe, expect, it } from "vitest";
import { runScheduled } from "../../../src/scheduled.ts";
import { makeSite } from "../../support/client.ts";
import { call, makeWorkspace, TestClock } from "../../support/fixtures.ts";
import { exported, imported, recordsOf, registerOwnJobs, uploaded } from "../archive/world.ts";

const DAY = 86_400_000;
const clock = new TestClock();

beforeEach(() => {
  clock.use();
  registerOwnJobs();
});

describe("an archive of loyalty", () => {
  it("brings members, tiers, rules, rewards, redemptions and every entry, and the points go on", async () => {
    const { workspace, site, api } = await makeSite(clock);
    const loyalty = site.at("/loyalty");
    await loyalty.create("/tiers", { name: "Silver", minPoints: 100 });
    await loyalty.create("/rules", { currency: "EUR", points: 2 });
    const { id: rewardId } = await loyalty.create("/rewards", { title: "Coffee", cost: 100, stock: 5 });
    const { id: memberId } = await loyalty.create("/members", { email: "ada@example.com", name: "Ada" });
    const expiresAt = new Date(clock.time + 10 * DAY).toISOString();
    await loyalty.create("/earn", { memberId, points: 300, description: "Bought", expiresAt });
    await loyalty.create("/earn", { memberId, points: 20, description: "Soon", activeAt: expiresAt });
    await loyalty.create("/redeem", { memberId, rewardId });

    const archive = await exported(clock, workspace.id, api.headers);
    const records = await recordsOf(archive);
    expect(records["loyalty-entries"]).toHaveLength(3);
    const other = await makeWorkspace(clock);
    const { headers } = await other.key();
    const body = { upload_id: await uploaded(other.id, headers, archive) };
    const job = await imported(clock, { workspaceId: other.id, headers, body });
    expect(job.status).toBe("succeeded");
    const counts = Object.values((job.result as { counts: Record<string, { failed: number }> }).counts);
    expect(counts.map(({ failed }) => failed)).toEqual(counts.map(() => 0));

    const get = async (path: string) => (await call("GET", path, { headers })).body.data;
    const [copy] = await get("/v1/sites");
    const base = `/v1/sites/${copy.id}/loyalty`;
    const [member] = await get(`${base}/members`);
    const figures = { points: 200, pendingPoints: 20, lifetimePoints: 320, tier: "Silver" };
    expect(member).toMatchObject({ email: "ada@example.com", ...figures });
    await runScheduled(env, clock.time);
    expect(await get(`${base}/members/${member.id}`)).toMatchObject(figures);
    const statement = await get(`${base}/members/${member.id}/entries`);
    expect(statement.map(({ balanceAfter }: { balanceAfter: number }) => balanceAfter)).toEqual([220, 320, 300]);
    const [redemption] = await get(`${base}/redemptions`);
    expect(redemption).toMatchObject({ memberId: member.id, entryId: statement[0].id, status: "pending" });
    const cancelled = await call("POST", `${base}/redemptions/${redemption.id}/cancel`, { headers });
    expect([cancelled.status, (await get(`${base}/rewards`))[0].stock]).toEqual([200, 5]);
    clock.advance(10 * DAY);
    expect(await get(`${base}/members/${member.id}`)).toMatchObject({ points: 120, pendingPoints: 0 });
  });
});
