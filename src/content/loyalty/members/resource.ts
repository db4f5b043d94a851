import { z } from "@hono/zod-openapi";
import { siteResource } from "../../resource/resource.ts";
import { LOYALTY } from "../loyalty.ts";
import { ListMembersQuery, MemberBodies, MemberSchema, PERSONAL_MEMBER_FIELDS } from "./contract.ts";
import { membersNow } from "./now.ts";
import { expectUnusedEmail, forgetMember, nothingYet } from "./rules.ts";
import { members } from "./table.ts";

const SAMPLE = {
  email: "ada@example.com",
  name: "Ada Baker",
  points: 0,
  pendingPoints: 0,
  lifetimePoints: 0,
  tier: null,
};

/** Those who collect points. Their points change by the ledger alone. */
export const MEMBERS = siteResource({
  ...LOYALTY,
  name: "member",
  label: "LoyaltyMember",
  words: { one: "loyalty member", many: "loyalty members" },
  path: "/loyalty/members",
  idPrefix: "mem",
  table: members,
  schema: MemberSchema,
  personal: PERSONAL_MEMBER_FIELDS,
  events: { sample: SAMPLE, verbs: { created: {}, updated: { name: "Ada Lovelace", version: 2 }, deleted: {} } },
  list: {
    query: ListMembersQuery,
    orders: {
      createdAt: members.createdAt,
      updatedAt: members.updatedAt,
      lifetimePoints: members.lifetimePoints,
    },
    filters: { email: members.email, tier: members.tier },
    search: [members.name, members.email],
  },
  create: {
    schema: MemberBodies.create,
    errors: ["conflict"],
    columns: async ({ ctx, site, body }) => ({ ...MemberBodies.fill(body), ...(await nothingYet(ctx, site.id)) }),
    example: (_, nth) => ({ email: `ada+${nth}@example.com` }),
  },
  update: { schema: MemberBodies.update, errors: ["conflict"], columns: ({ changes }) => changes },
  current: ({ ctx, rows }) => membersNow(ctx, rows),
  check: ({ ctx }) => expectUnusedEmail(ctx),
  remove: { description: "With all entries of the ledger and all redemptions of theirs." },
  beside: ({ ctx, verb, row }) => {
    if (verb === "deleted") forgetMember(ctx, row);
  },
  // The ledger comes after its members; what they have is read off it from the first moment.
  archived: { also: { entryCount: z.int().min(0) }, made: (_, ctx) => ({ changesAt: ctx.now }) },
});
