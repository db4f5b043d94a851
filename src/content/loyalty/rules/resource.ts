import { conflict } from "../../../core/errors.ts";
import { CURRENCIES } from "../../../core/money.ts";
import { siteResource } from "../../resource/resource.ts";
import { LOYALTY } from "../loyalty.ts";
import { ListRulesQuery, RuleBodies, RuleSchema } from "./contract.ts";
import { rules } from "./table.ts";

/** What orders earn, by currency. It holds for what is paid from then on; points that were earned stay as they are. */
export const RULES = siteResource({
  ...LOYALTY,
  name: "loyalty_rule",
  label: "LoyaltyRule",
  words: { one: "earning rule", many: "earning rules" },
  article: "an",
  path: "/loyalty/rules",
  idPrefix: "lrule",
  table: rules,
  schema: RuleSchema,
  list: { query: ListRulesQuery, orders: { createdAt: rules.createdAt } },
  create: {
    schema: RuleBodies.create,
    errors: ["conflict"],
    columns: ({ body }) => RuleBodies.fill(body),
    example: (_, nth) => ({ currency: CURRENCIES[nth % CURRENCIES.length] }),
  },
  update: { schema: RuleBodies.update, errors: ["conflict"], columns: ({ changes }) => changes },
  check: ({ ctx, row }) => {
    const taken = conflict("currency", `There is a rule for ${row.currency} already.`);
    ctx.unit.onDuplicate([rules.siteId, rules.currency], taken);
  },
  remove: {},
  archived: { folder: "loyalty-rules", earlier: { bookings: false } },
});
