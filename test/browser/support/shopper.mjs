import { createHmac, randomUUID } from "node:crypto";

/** What the shop's pages say, in the demo's language. */
const ADDRESS = {
  Name: "Ada Baker",
  "E-mail": "ada@example.com",
  "Street and number": "Mill Street 1",
  "Postal code": "10178",
  City: "Berlin",
};

/** Puts a product into the cart from its page, which it is shown on, and goes to the cart. */
export async function putInCart(page, { quantity = 1, scripts = true } = {}) {
  await page.getByRole("spinbutton", { name: "Quantity" }).fill(String(quantity));
  await page.getByRole("button", { name: "Add to cart" }).click();
  if (scripts) {
    await page.getByText("Added to your cart").waitFor();
    await page.locator("p.cart a").click();
  }
  await page.waitForURL(/\/shop\/cart$/);
}

/** Goes from the cart to the checkout and says who buys. */
export async function fillCheckout(page) {
  await page.getByRole("button", { name: "Check out" }).click();
  await page.waitForURL(/\/shop\/checkout$/);
  for (const [label, value] of Object.entries(ADDRESS)) await page.getByLabel(label, { exact: true }).fill(value);
  await page.getByLabel("Country").selectOption("DE");
  const way = page.getByRole("radio").first();
  if ((await way.count()) > 0) await way.check();
}

/** Sends the order; where the page asks to look at what has changed since, once more. */
export async function placeOrder(page) {
  const send = () => page.getByRole("button", { name: "Place order and pay" }).last().click();
  await send();
  await page.waitForLoadState("load");
  if (!/\/shop\/orders\//.test(page.url())) {
    const way = page.getByRole("radio").first();
    if ((await way.count()) > 0) await way.check();
    await send();
  }
  await page.waitForURL(/\/shop\/orders\//);
  return /\/orders\/(ord_[0-9A-Z]+)/.exec(page.url())[1];
}

/** What a payment provider tells of a payment, signed as Standard Webhooks has it. */
export async function payThrough(websites, siteId, { provider, order }) {
  const type = "payment.succeeded";
  const { id: orderId, total: amount, currency } = order;
  const body = JSON.stringify({ type, data: { orderId, amount, currency, reference: `charge-${randomUUID()}` } });
  const [id, timestamp] = [`msg_${randomUUID()}`, String(Math.floor(Date.now() / 1_000))];
  const key = Buffer.from(provider.secret.replace("whsec_", ""), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.${body}`).digest("base64");
  return fetch(`${websites.baseUrl}/v1/sites/${siteId}/shop/payment-providers/${provider.id}/callback`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": timestamp,
      "webhook-signature": `v1,${signature}`,
    },
    body,
  });
}
