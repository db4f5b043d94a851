import { z } from "@hono/zod-openapi";
import { text, TimestampSchema } from "../../../core/fields.ts";
import { listQuery, SearchSchema } from "../../list-query.ts";
import { itemSchema } from "../../resource/contract.ts";
import { REDEMPTION_STATUSES } from "./table.ts";
import { pathParams } from "../../../core/http/path-params.ts";

const StatusSchema = z.enum(REDEMPTION_STATUSES, `must be one of ${REDEMPTION_STATUSES.join(", ")}`);

export const RedemptionSchema = itemSchema("Redemption", "redm_01KAGW6PSZ0000000000000000", {
  memberId: z.string(),
  rewardId: z.string(),
  rewardTitle: z.string().meta({ description: "What was redeemed, as it was called then" }),
  cost: z.int().meta({ example: 100, description: "Points it took" }),
  code: z.string().meta({ example: "K7QM-2XRD", description: "What the member shows to be handed the reward" }),
  status: StatusSchema.meta({ description: "`pending` until the reward is handed over, or cancelled" }),
  entryId: z.string().meta({ description: "The entry of the ledger that took the points" }),
  fulfilledAt: TimestampSchema.nullable().register(z.globalRegistry, {
    description: "When the reward was handed over",
  }),
  cancelledAt: TimestampSchema.nullable().register(z.globalRegistry, {
    description: "When the points were given back",
  }),
});

export const RedeemSchema = z
  .strictObject({
    memberId: text(64, "must be the id of a member"),
    rewardId: text(64, "must be the id of a reward"),
  })
  .openapi("RedeemReward", {
    example: { memberId: "mem_01KAGW6PSZ0000000000000000", rewardId: "rwd_01KAGW6PSZ0000000000000000" },
  });

export const RedemptionParams = pathParams("siteId", "redemptionId");

export const ListRedemptionsQuery = listQuery(["createdAt"], {
  status: StatusSchema.optional(),
  memberId: text(64).optional().register(z.globalRegistry, { description: "Only this member's" }),
  search: SearchSchema.optional(),
});
