import type { DemoFile } from "./demo.ts";

/** The first thing of a list, by the id that its answer names. */
const first = (path: string, key: string): string =>
  `$(curl -s '${path}' ${key} | node -p 'JSON.parse(require("fs").readFileSync(0)).data[0].id')`;

/** How something is bought, paid and paid back, ready to paste. `demoFile` is where the demo's file is. */
export function shopGuide({ baseUrl, siteId, keys }: DemoFile, demoFile: string): string {
  const key = `-H 'X-Api-Key: ${keys.live}'`;
  const json = "-H 'Content-Type: application/json'";
  const shop = `${baseUrl}/v1/sites/${siteId}/shop`;
  const file = demoFile === ".dev/demo.json" ? "" : `DEMO_FILE='${demoFile}' `;
  const address = '{"line1": "Keizersgracht 1", "postalCode": "1015 CN", "city": "Amsterdam", "country": "NL"}';
  const customer = `"customerName": "Ada Baker", "customerEmail": "ada@example.com", "shippingAddress": ${address}`;
  return `# Buy a loaf as a visitor; run it twice and there is still one order. Or in a browser: ${baseUrl}/s/blue-door-bakery/shop
PRODUCT=${first(`${shop}/products?search=sourdough%20loaf&limit=1`, key)}
curl -s -i '${baseUrl}/api/checkout?site=${siteId}' -H 'Idempotency-Key: my-first-order' ${json} -d '{${customer}, "shippingMethod": "post-nl", "items": [{"productId": "'$PRODUCT'"}]}'

# Pay for it as its payment provider would, by a signed message; then pay a part back
ORDER=${first(`${shop}/orders?limit=1`, key)}
${file}npm run pay -- $ORDER
curl -s -i ${shop}/orders/$ORDER/refunds ${key} ${json} -d '{"amount": 200, "reason": "It was a little dark"}'
`;
}
