import { conflict } from "../../../core/errors.ts";
import { siteResource } from "../../resource/resource.ts";
import { LOYALTY } from "../loyalty.ts";
import { ListTiersQuery, TierBodies, TierSchema } from "./contract.ts";
import { stageTiers } from "./reached.ts";
import { tiers } from "./table.ts";

/** Steps that members reach by their lifetime points. Whenever they change, members stand where they belong at once. */
export const TIERS = siteResource({
  ...LOYALTY,
  name: "loyalty_tier",
  label: "LoyaltyTier",
  words: { one: "loyalty tier", many: "loyalty tiers" },
  path: "/loyalty/tiers",
  idPrefix: "tier",
  table: tiers,
  schema: TierSchema,
  list: { query: ListTiersQuery, orders: { createdAt: tiers.createdAt, minPoints: tiers.minPoints } },
  create: {
    schema: TierBodies.create,
    errors: ["conflict"],
    columns: ({ body }) => TierBodies.fill(body),
    example: (_, nth) => ({ name: `Tier ${nth}`, minPoints: 1_000_000 + nth }),
  },
  update: { schema: TierBodies.update, errors: ["conflict"], columns: ({ changes }) => changes },
  check: ({ ctx, row }) => {
    ctx.unit.onDuplicate([tiers.siteId, tiers.name], conflict("name", `The tier "${row.name}" is there already.`));
    const begins = conflict("minPoints", `Another tier begins with ${row.minPoints} points.`);
    ctx.unit.onDuplicate([tiers.siteId, tiers.minPoints], begins);
  },
  remove: {},
  beside: ({ ctx, row }) => stageTiers(ctx, row.siteId),
  archived: { folder: "loyalty-tiers" },
});
