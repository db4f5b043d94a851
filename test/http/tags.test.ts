import { beforeAll, describe, expect, it } from "vitest";
import { makeSite, type TestSite } from "../support/client.ts";
import { type Answer, call, TestClock } from "../support/fixtures.ts";

const clock = new TestClock();
let at: TestSite;

beforeAll(async () => {
  at = await makeSite(clock);
});

const tagOf = (answer: Answer): string => answer.headers.get("ETag") as string;

describe("If-Match", () => {
  it.each([
    ["the tag as it was given", (tag: string) => tag],
    ["the weak tag an edge makes of it when it compresses", (tag: string) => `W/${tag}`],
    ["the tag with the suffix of a compressing proxy", (tag: string) => tag.replace(/"$/, '-gzip"')],
    ["the tag among others", (tag: string) => `"other", W/${tag}`],
    ["the version alone, as earlier tags were", (tag: string) => tag.replace(/-.*/, '"')],
  ])("If-Match: %s lets the write of the current version through, and no other", async (_, sent) => {
    const page = await at.site.create("/pages", { title: "Tagged" });
    const path = `/pages/${page.id}`;
    const header = { "If-Match": sent(tagOf(await at.site.get(path))) };
    expect((await at.site.patch(path, { title: "Changed" }, header)).status).toBe(200);
    expect((await at.site.patch(path, { title: "Lost" }, header)).status).toBe(412);
    expect((await at.site.delete(path, header)).status).toBe(412);
  });
});

describe("an ETag", () => {
  it("an ETag stands for what the key may see: other attributes, another tag, and no 304", async () => {
    const { headers, id } = await at.workspace.key({
      scopes: ["ecommerce:read"],
      accessType: "integrations",
      attributes: ["customerName"],
    });
    const product = await at.site.create("/shop/products", { title: "Bread", price: 100 });
    const order = await at.site.create("/shop/orders", {
      customerName: "Ada",
      customerEmail: "ada@example.com",
      items: [{ productId: product.id, quantity: 1 }],
    });
    const path = `/v1/sites/${at.siteId}/shop/orders/${order.id}`;
    const first = await call("GET", path, { headers });
    await call("PATCH", `/api/v1/api-keys/${id}`, {
      headers: at.api.headers,
      body: { attributes: ["customerEmail"] },
    });
    const again = await call("GET", path, { headers: { ...headers, "If-None-Match": tagOf(first) } });
    expect([again.status, again.body.data.customerEmail]).toEqual([200, "ada@example.com"]);
    expect(tagOf(again)).not.toBe(tagOf(first));
  });

  it("an ETag is the same after a POST, a GET and a PATCH that changes nothing more", async () => {
    const body = { code: "SAMETAG", type: "percentage", value: 10 };
    const made = await at.site.post("/shop/coupons", body);
    const read = await at.site.get(`/shop/coupons/${made.body.data.id}`);
    expect(tagOf(read)).toBe(tagOf(made));
    const changed = await at.site.patch(`/shop/coupons/${made.body.data.id}`, { value: 20 });
    expect(tagOf(await at.site.get(`/shop/coupons/${made.body.data.id}`))).toBe(tagOf(changed));
  });

  it("what a key decides says so in Vary, on success and on failure", async () => {
    for (const [path, named] of [
      ["/v1/me", "X-Api-Key, Authorization"],
      ["/api/v1/posts", "X-Api-Key, Authorization, X-Workspace-ID"],
      ["/api/menu", "X-Api-Key, Authorization"],
    ] as const) {
      expect((await call("GET", path, { headers: at.api.headers })).headers.get("Vary"), path).toBe(named);
      expect((await call("GET", path)).headers.get("Vary"), path).toBe(named);
    }
    expect((await call("GET", "/v1/health")).headers.get("Vary")).toBeNull();
  });

  it("a list of items answers 304 while it stays as it is", async () => {
    const path = `/api/backend/item?table=s_products&site=${at.siteId}`;
    const tag = tagOf(await call("GET", path, { headers: at.api.headers }));
    const again = () => call("GET", path, { headers: { ...at.api.headers, "If-None-Match": `W/${tag}` } });
    expect((await again()).status).toBe(304);
    await at.site.create("/shop/products", { title: "Cake", price: 300 });
    expect((await again()).status).toBe(200);
  });
});

describe("a preflight", () => {
  it.each(["/api/pages", "/api/menu", "/api/settings", "/api/backend/item"])(
    "a preflight of %s allows the key's headers, and reads alone",
    async (path) => {
      const { status, headers } = await call("OPTIONS", path, {
        headers: { Origin: "https://shop.example.org", "Access-Control-Request-Method": "GET" },
      });
      expect([status, headers.get("Access-Control-Allow-Origin")]).toEqual([204, "*"]);
      expect(headers.get("Access-Control-Allow-Headers")).toBe("Content-Type, X-Api-Key, Authorization, If-None-Match");
      expect(headers.get("Access-Control-Allow-Methods")).toBe("GET, HEAD");
      expect(headers.get("Access-Control-Expose-Headers")).toContain("ETag");
    },
  );
});
