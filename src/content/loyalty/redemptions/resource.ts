import { sampleId } from "../../../core/events/sample.ts";
import { byStatus } from "../../resource/declaration.ts";
import { siteResource } from "../../resource/resource.ts";
import { LOYALTY } from "../loyalty.ts";
import { ListRedemptionsQuery, RedemptionSchema } from "./contract.ts";
import { REDEMPTION_STATUSES, redemptions } from "./table.ts";

const SAMPLE = {
  memberId: sampleId("mem"),
  rewardId: sampleId("rwd"),
  rewardTitle: "Free coffee",
  cost: 100,
  code: "K7QM-2XRD",
  status: "pending" as const,
  entryId: sampleId("lent"),
  fulfilledAt: null,
  cancelledAt: null,
};

/** Rewards that were taken. They are made by redeeming, and end by being handed over or cancelled. */
export const REDEMPTIONS = siteResource({
  ...LOYALTY,
  name: "redemption",
  label: "Redemption",
  path: "/loyalty/redemptions",
  idPrefix: "redm",
  table: redemptions,
  schema: RedemptionSchema,
  events: {
    sample: SAMPLE,
    verbs: { created: {}, updated: { status: "fulfilled", fulfilledAt: "2026-01-15T10:30:00.000Z", version: 2 } },
  },
  list: {
    query: ListRedemptionsQuery,
    orders: { createdAt: redemptions.createdAt },
    state: byStatus(redemptions.status, REDEMPTION_STATUSES),
    filters: { memberId: redemptions.memberId },
    search: [redemptions.code, redemptions.rewardTitle],
  },
  archived: { ofPeople: true },
});
