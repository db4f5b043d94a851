import { beforeEach, describe, expect, it } from "vitest";
import { call, makeWorkspace, START, TestClock } from "../../support/fixtures.ts";
import { exported, imported, registerOwnJobs, uploaded } from "../archive/world.ts";
import { ADA, DAY, makeRestaurant } from "./world.ts";

const clock = new TestClock();

beforeEach(() => {
  clock.time = START;
  clock.use();
  registerOwnJobs();
});

describe("an archive of a restaurant", () => {
  it("brings its tables, its settings and its reservations, which keep their tables there, too", async () => {
    const at = await makeRestaurant(clock, { noShowMinutes: 20 });
    await at.table(2);
    const four = await at.table(4);
    await at.reserved({ partySize: 3, note: "A high chair" });
    const { id } = await at.reserved({ time: "12:00" });
    await at.change(id, { status: "cancelled" });

    const archive = await exported(clock, at.workspace.id, at.api.headers);
    const other = await makeWorkspace(clock);
    const { headers } = await other.key();
    const body = { upload_id: await uploaded(other.id, headers, archive) };
    const job = await imported(clock, { workspaceId: other.id, headers, body });
    expect(job.status).toBe("succeeded");
    const { counts } = job.result as { counts: Record<string, { failed: number }> };
    expect(Object.values(counts).map(({ failed }) => failed)).toEqual(Object.values(counts).map(() => 0));

    const get = async (path: string) => (await call("GET", path, { headers })).body.data;
    const [copy] = await get("/v1/sites");
    const base = `/v1/sites/${copy.id}/reservation`;
    const tables = await get(`${base}/tables/all?orderBy=createdAt&direction=asc`);
    expect(tables.map(({ capacity }: { capacity: number }) => capacity)).toEqual([2, 4]);
    const found = await get(`${base}/reservations?orderBy=startAt&direction=asc`);
    expect(found).toMatchObject([
      { time: "12:00", status: "cancelled" },
      { time: "19:00", status: "confirmed", tableId: tables[1].id, note: "A high chair", customer: ADA },
    ]);
    const asked = { date: DAY, time: "19:00", partySize: 3, customer: ADA };
    expect((await call("POST", `${base}/reservations`, { headers, body: asked })).status).toBe(409);
    expect(tables[1].id).not.toBe(four);
  });
});
