import { beforeEach, describe, expect, it } from "vitest";
import { openZip, zipLibrary } from "../../../src/content/archive/zip.ts";
import { call, makeWorkspace, TestClock } from "../../support/fixtures.ts";
import { makeSite } from "../../support/client.ts";
import { exported, imported, registerOwnJobs, uploaded } from "../archive/world.ts";

type Json = Record<string, unknown>;
const clock = new TestClock();

beforeEach(() => {
  clock.use();
  registerOwnJobs();
});

const ORDER = [
  "shipping",
  "shippingMethod",
  "tax",
  "taxIncluded",
  "paidAmount",
  "refundedAmount",
  "holdUntil",
  "locale",
];
const ITEM = ["type", "discount", "taxRate", "tax", "taken"];

const without = (record: Json, names: readonly string[]): Json =>
  Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));

/** A record as archives had it before orders were paid and taxed, and coupons counted for each customer. */
function asEarlier(path: string, record: Json): Json {
  if (path.startsWith("coupons/")) return without(record, ["maxUsesPerCustomer"]);
  if (!path.startsWith("orders/")) return record;
  return { ...without(record, ORDER), items: (record.items as Json[]).map((item) => without(item, ITEM)) };
}

const hexOf = async (text: string): Promise<string> =>
  [...new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text)))]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");

/** The same archive, written by an earlier version. */
async function earlier(archive: Uint8Array): Promise<Uint8Array> {
  const range = async (offset: number, length: number) => archive.slice(offset, offset + length);
  const files = new Map<string, string>();
  for (const file of await openZip({ size: archive.byteLength, range })) {
    const text = await new Response(file.read()).text();
    const isRecords = file.path.endsWith(".jsonl");
    const asIs = (line: string) => JSON.stringify(asEarlier(file.path, JSON.parse(line)));
    files.set(file.path, isRecords ? text.replace(/.+/g, asIs) : text);
  }
  const manifest = JSON.parse(files.get("manifest.json") as string);
  for (const file of manifest.files) {
    const text = files.get(file.path) as string;
    Object.assign(file, { bytes: new TextEncoder().encode(text).byteLength, sha256: await hexOf(text) });
  }
  files.set("manifest.json", JSON.stringify(manifest));
  const { ZipWriter, Uint8ArrayWriter, TextReader } = await zipLibrary();
  const writer = new ZipWriter(new Uint8ArrayWriter());
  for (const [path, text] of files) await writer.add(path, new TextReader(text));
  return writer.close();
}

describe("an archive from before orders had tax, shipping, stock and payments", () => {
  it("brings its coupons and orders as they are now, and what was paid can be refunded", async () => {
    const { workspace, siteId, site, api } = await makeSite(clock);
    const shop = site.at("/shop");
    const { id: productId } = await shop.create("/products", { title: "Bun", price: 333, stock: 20 });
    const { id: otherId } = await shop.create("/products", { title: "Rye", price: 500 });
    await shop.create("/coupons", { code: "TEN", type: "percentage", value: 10 });
    const customer = { customerName: "Bo", customerEmail: "bo@example.com" };
    const items = [{ productId, quantity: 3 }, { productId: otherId }];
    const made = await Promise.all([1, 2].map(() => shop.create("/orders", { ...customer, items, couponCode: "TEN" })));
    const paid = `/v1/sites/${siteId}/shop/orders/${made[0]?.id}`;
    await call("PATCH", paid, { headers: api.headers, body: { status: "paid" } });

    const archive = await earlier(await exported(clock, workspace.id, api.headers));
    const other = await makeWorkspace(clock);
    const { headers } = await other.key();
    const body = { upload_id: await uploaded(other.id, headers, archive) };
    const job = await imported(clock, { workspaceId: other.id, headers, body });
    expect(job.result).toMatchObject({ counts: { order: { failed: 0 }, coupon: { failed: 0 } } });

    const [copy] = (await call("GET", "/v1/sites", { headers })).body.data;
    const path = `/v1/sites/${copy.id}/shop`;
    const orders = (await call("GET", `${path}/orders`, { headers })).body.data;
    const byStatus = Object.fromEntries(orders.map((it: { status: string }) => [it.status, it]));
    expect(byStatus.paid).toMatchObject({ total: 1_350, discount: 149, paidAmount: 1_350, refundedAmount: 0, tax: 0 });
    const parts = byStatus.paid.items.map((it: Json) => [it.discount, it.tax, it.taken]);
    expect(parts).toEqual([
      [99, 0, 0],
      [50, 0, 0],
    ]);
    expect(byStatus.pending).toMatchObject({ paidAmount: 0, holdUntil: null });
    const refund = await call("POST", `${path}/orders/${byStatus.paid.id}/refunds`, { headers, body: {} });
    expect([refund.status, refund.body.data?.amount]).toEqual([201, 1_350]);
    const cancelled = { headers, body: { status: "cancelled" } };
    expect((await call("PATCH", `${path}/orders/${byStatus.pending.id}`, cancelled)).status).toBe(200);
    const [coupon] = (await call("GET", `${path}/coupons`, { headers })).body.data;
    expect(coupon).toMatchObject({ uses: 1, maxUsesPerCustomer: null });
  });
});
