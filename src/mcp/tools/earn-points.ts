import { z } from "@hono/zod-openapi";
import { EarnSchema } from "../../content/loyalty/ledger/contract.ts";
import { earnPoints } from "../../content/loyalty/ledger/earn.ts";
import { AmountSchema } from "../../content/money.ts";
import { invalid } from "../../core/errors.ts";
import { described } from "../described.ts";
import { memberId, siteId } from "../fields.ts";
import { defineTool } from "../tool.ts";

const fields = described(EarnSchema.shape, {
  memberId: "",
  points: "How many points; give these or an amount",
  amount: "Money that was spent, in minor units of currency: it earns what the rule of the currency says",
  currency: "ISO 4217 code of the amount's currency, EUR unless told otherwise",
  description: "What it is for, as the member reads it",
  activeAt: "From when the points can be spent, as an ISO 8601 date and time; at once when left out",
  expiresAt: "When they expire, as an ISO 8601 date and time; never when left out",
});

const amountCents = AmountSchema.optional().describe("The same as amount: 1999 is EUR 19.99. Give one of the two");

export const earnPointsTool = defineTool({
  name: "earn_points",
  description: "Give a member of the loyalty programme points: so many, or what an amount of money earns.",
  scope: "loyalty:write",
  input: z
    .strictObject({ siteId, ...fields, memberId, amountCents })
    .refine(({ points, amount, amountCents: cents }) => (points === undefined) !== ((amount ?? cents) === undefined), {
      path: ["points"],
      message: "is required, or an amount; not both",
    }),
  handle: ({ ctx, input }) => {
    const { siteId: site, amountCents: cents, amount = cents, currency = "EUR", ...rest } = input;
    if (cents !== undefined && cents !== amount) throw invalid("amountCents", "is another amount than amount");
    const body = amount === undefined ? rest : { ...rest, amount, currency };
    return earnPoints({ ctx, input: { siteId: site, body } });
  },
});
