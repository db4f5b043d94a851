import { call, makeWorkspace, type TestClock } from "../../support/fixtures.ts";

type Ask = (method: string, path: string, body?: unknown, more?: Record<string, string>) => ReturnType<typeof call>;

/** A site's shop, with a key that may do everything there. */
export interface Shop {
  siteId: string;
  path: string;
  headers: Record<string, string>;
  ask: Ask;
  /** Makes a product; the title and the price are of no matter. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into products by path
  product(fields?: object): Promise<any>;
  /** Orders, for Bo. */
  order(...items: object[]): ReturnType<typeof call>;
  /** The stock of a product and of its variants. */
  stock(productId: string): Promise<{ stock: number | null; variants: (number | null)[] }>;
}

export async function makeShop(clock: TestClock): Promise<Shop> {
  const { headers } = await (await makeWorkspace(clock)).key();
  const { body } = await call("POST", "/v1/sites", { headers, body: { name: "Bakery" } });
  const siteId = body.data.id;
  const path = `/v1/sites/${siteId}/shop`;
  const ask: Ask = (method, at, sent, more = {}) =>
    call(method, path + at, { headers: { ...headers, ...more }, ...(sent !== undefined && { body: sent }) });
  return {
    ...{ siteId, path, headers, ask },
    product: async (fields = {}) => (await ask("POST", "/products", { title: "Bun", price: 90, ...fields })).body.data,
    order: (...items) => ask("POST", "/orders", { customerName: "Bo", customerEmail: "bo@example.com", items }),
    stock: async (productId) => {
      const { stock, variants } = (await ask("GET", `/products/${productId}`)).body.data;
      return { stock, variants: variants.map((it: { stock: number | null }) => it.stock) };
    },
  };
}
