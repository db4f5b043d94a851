import { parseArgs } from "node:util";

export const HELP = `
Plays a payment provider on this machine: tells the running demo, by a signed message, that an order was paid.

  npm run pay -- <orderId> [options]

  --amount <units>    says so many minor units were paid, instead of what is due
  --currency <code>   in this currency, instead of the order's
  --type <type>       payment.succeeded (unless told otherwise), payment.failed or refund.succeeded
  --reference <text>  what the provider calls the payment; said again it is the same payment
  --help              prints this

  DEMO_FILE           where the demo's address and keys are, .dev/demo.json unless set
`;

export const TYPES = ["payment.succeeded", "payment.failed", "refund.succeeded"];

export interface Options {
  orderId: string;
  amount: number | undefined;
  currency: string | undefined;
  type: string;
  reference: string | undefined;
  help: boolean;
}

/** Reads the command line; throws what is wrong with it. */
export function readOptions(args: string[]): Options {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: {
      amount: { type: "string" },
      currency: { type: "string" },
      type: { type: "string", default: "payment.succeeded" },
      reference: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  const { amount, currency, type, reference, help } = values;
  const [orderId = ""] = positionals;
  if (!help && positionals.length !== 1) throw new Error("Name one order by its id.");
  if (amount !== undefined && !/^\d+$/.test(amount)) throw new Error("--amount is a whole number of minor units.");
  if (!TYPES.includes(type)) throw new Error(`--type is one of ${TYPES.join(", ")}.`);
  return { orderId, amount: amount === undefined ? undefined : Number(amount), currency, type, reference, help };
}
