import type { Endpoint } from "../../core/http/endpoint.ts";
import { contentEndpoint } from "../define.ts";
import { created, versioned } from "../replies.ts";
import {
  AdjustSchema,
  EarnSchema,
  EntryParams,
  ListEntriesQuery,
  LoyaltyEntrySchema,
  MemberParams,
  NewLoyaltyEntrySchema,
  ReverseSchema,
  SiteParams,
} from "./ledger/contract.ts";
import { adjustPoints, earnPoints } from "./ledger/earn.ts";
import { reverseEntry } from "./ledger/reverse.ts";
import { getEntry, listEntries } from "./ledger/statement.ts";
import { LOYALTY } from "./loyalty.ts";
import { cancelRedemption, fulfilRedemption } from "./redemptions/cancel.ts";
import { RedeemSchema, RedemptionParams, RedemptionSchema } from "./redemptions/contract.ts";
import { redeemReward } from "./redemptions/redeem.ts";

const { tag, integrations, scopes } = LOYALTY;
const reading = { tag, integrations, scope: scopes.read };
const writing = { tag, integrations, scope: scopes.write };

/** A new entry, and where it is with its balance. */
const entered = <Data extends { id: string; siteId: string }>(data: Data) => ({
  data,
  headers: { Location: `/v1/sites/${data.siteId}/loyalty/entries/${data.id}` },
});
const entry = { status: 201, description: "The new entry", data: NewLoyaltyEntrySchema };
const redemption = { status: 200, description: "The redemption", data: RedemptionSchema };

export const loyaltyRoutes: Endpoint[] = [
  contentEndpoint({
    ...writing,
    method: "post",
    path: "/sites/{siteId}/loyalty/earn",
    operationId: "earnPoints",
    summary: "Give a member points",
    description:
      "So many points, or what the rule of a currency gives for an amount. They count towards the tier, and can be active later.",
    params: SiteParams,
    body: EarnSchema,
    success: entry,
    handle: async ({ ctx, input }) => entered(await earnPoints({ ctx, input: { ...input.params, body: input.body } })),
  }),
  contentEndpoint({
    ...writing,
    method: "post",
    path: "/sites/{siteId}/loyalty/adjust",
    operationId: "adjustPoints",
    summary: "Correct a member's points",
    description:
      "Gives or takes points by hand, without regard to the tier. Points that are not there are not taken: 409.",
    params: SiteParams,
    body: AdjustSchema,
    success: entry,
    errors: ["conflict"],
    handle: async ({ ctx, input }) =>
      entered(await adjustPoints({ ctx, input: { ...input.params, body: input.body } })),
  }),
  contentEndpoint({
    ...writing,
    method: "post",
    path: "/sites/{siteId}/loyalty/redeem",
    operationId: "redeemReward",
    summary: "Redeem a reward",
    description:
      "Takes its cost off the member's points, those that expire first before others, and one off its stock. 409 when there are too few points, or it is out of stock.",
    params: SiteParams,
    body: RedeemSchema,
    success: { status: 201, description: "The new redemption with its code", data: RedemptionSchema },
    errors: ["conflict"],
    handle: async ({ ctx, input: { params, body } }) =>
      created(
        `/v1/sites/${params.siteId}/loyalty/redemptions`,
        await redeemReward({ ctx, input: { ...params, body } }),
      ),
  }),
  contentEndpoint({
    ...writing,
    method: "post",
    path: "/sites/{siteId}/loyalty/redemptions/{redemptionId}/fulfil",
    operationId: "fulfilRedemption",
    summary: "Check off a redemption",
    description: "The reward was handed over to who has shown the code.",
    params: RedemptionParams,
    etag: true,
    success: redemption,
    errors: ["conflict"],
    handle: async ({ ctx, input: { params, expectedVersions } }) => {
      const input = { siteId: params.siteId, id: params.redemptionId, expectedVersions };
      return versioned(await fulfilRedemption({ ctx, input }));
    },
  }),
  contentEndpoint({
    ...writing,
    method: "post",
    path: "/sites/{siteId}/loyalty/redemptions/{redemptionId}/cancel",
    operationId: "cancelRedemption",
    summary: "Cancel a redemption",
    description: "Gives the points and the stock back, of one that was not handed over.",
    params: RedemptionParams,
    etag: true,
    success: redemption,
    errors: ["conflict"],
    handle: async ({ ctx, input: { params, expectedVersions } }) => {
      const input = { siteId: params.siteId, id: params.redemptionId, expectedVersions };
      return versioned((await cancelRedemption({ ctx, input })).redemption);
    },
  }),
  contentEndpoint({
    ...reading,
    method: "get",
    path: "/sites/{siteId}/loyalty/members/{memberId}/entries",
    operationId: "listLoyaltyEntries",
    summary: "List what a member's points came from and went to",
    description: "The statement: every entry with the balance after it.",
    params: MemberParams,
    query: ListEntriesQuery,
    success: { status: 200, description: "A page of entries", data: LoyaltyEntrySchema, list: true },
    handle: async ({ ctx, input: { params, query } }) => ({
      page: await listEntries({ ctx, input: { ...params, query } }),
    }),
  }),
  contentEndpoint({
    ...reading,
    method: "get",
    path: "/sites/{siteId}/loyalty/entries/{entryId}",
    operationId: "getLoyaltyEntry",
    summary: "Get an entry of the ledger",
    params: EntryParams,
    success: { status: 200, description: "The entry", data: LoyaltyEntrySchema },
    handle: async ({ ctx, input }) => ({ data: await getEntry({ ctx, input: input.params }) }),
  }),
  contentEndpoint({
    ...writing,
    method: "post",
    path: "/sites/{siteId}/loyalty/entries/{entryId}/reverse",
    operationId: "reverseLoyaltyEntry",
    summary: "Reverse an entry",
    description:
      "By an entry of its own that names it. Points that were spent meanwhile are not taken back: 409. Of a redemption it is the same as cancelling it.",
    params: EntryParams,
    body: ReverseSchema,
    bodyOptional: true,
    success: entry,
    errors: ["conflict"],
    handle: async ({ ctx, input: { params, body } }) =>
      entered(await reverseEntry({ ctx, input: { ...params, ...body } })),
  }),
];
