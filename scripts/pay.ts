// `npm run pay -- <orderId>`: plays a payment provider on this machine. See --help.
import { randomUUID } from "node:crypto";
import { Webhook } from "standardwebhooks";
import { demoApi, type DemoApi } from "./pay/demo-api.ts";
import { HELP, type Options, readOptions } from "./pay/options.ts";

function fail(error: unknown): never {
  console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
}

/** A secret that the demo's provider signs by from now on; the one before it stays good for a day. */
async function freshSecret({ ask }: DemoApi): Promise<{ id: string; secret: string }> {
  const [provider] = await ask("GET", "/payment-providers?limit=1");
  const { id } = provider ?? (await ask("POST", "/payment-providers", { name: "Card payments" }));
  return ask("POST", `/payment-providers/${id}/rotate-secret`);
}

/** What the provider says of the order, signed as https://www.standardwebhooks.com has it. */
async function tell(api: DemoApi, { orderId, amount, currency, type, reference }: Options): Promise<void> {
  const order = await api.ask("GET", `/orders/${orderId}`);
  const { id: providerId, secret } = await freshSecret(api);
  const data = {
    orderId,
    amount: amount ?? (type === "refund.succeeded" ? order.paidAmount - order.refundedAmount : order.total),
    currency: currency ?? order.currency,
    reference: reference ?? `pay-${randomUUID()}`,
  };
  const body = JSON.stringify({ type, data });
  const [id, at] = [`msg_${randomUUID()}`, new Date()];
  const response = await fetch(`${api.shop}/payment-providers/${providerId}/callback`, {
    method: "POST",
    headers: {
      "Content-Type": "application/json",
      "webhook-id": id,
      "webhook-timestamp": String(Math.floor(at.getTime() / 1_000)),
      "webhook-signature": new Webhook(secret).sign(id, at, body),
    },
    body,
  });
  console.log(
    `${type} ${data.amount} ${data.currency}, ${data.reference}: ${response.status} ${await response.text()}`,
  );
  const { status, paidAmount, refundedAmount } = await api.ask("GET", `/orders/${orderId}`);
  console.log(`The order is ${status}; paid ${paidAmount}, paid back ${refundedAmount}.`);
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) console.log(HELP.trim());
  else await tell(demoApi(process.env.DEMO_FILE || ".dev/demo.json"), options);
} catch (error) {
  fail(error);
}
