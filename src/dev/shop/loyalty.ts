import { eq } from "drizzle-orm";
import { earnPoints } from "../../content/loyalty/ledger/earn.ts";
import { reverseEntry } from "../../content/loyalty/ledger/reverse.ts";
import { entries } from "../../content/loyalty/ledger/table.ts";
import { MEMBERS } from "../../content/loyalty/members/resource.ts";
import { members } from "../../content/loyalty/members/table.ts";
import { redeemReward } from "../../content/loyalty/redemptions/redeem.ts";
import { redemptions } from "../../content/loyalty/redemptions/table.ts";
import { REWARDS } from "../../content/loyalty/rewards/resource.ts";
import { rewards } from "../../content/loyalty/rewards/table.ts";
import { RULES } from "../../content/loyalty/rules/resource.ts";
import { rules } from "../../content/loyalty/rules/table.ts";
import { TIERS } from "../../content/loyalty/tiers/resource.ts";
import { tiers } from "../../content/loyalty/tiers/table.ts";
import { ensureRow, type Shop } from "./step.ts";

const HOURS_AGO = 58;

const DEMO_TIERS = [
  { name: "Crumb", minPoints: 0 },
  { name: "Crust", minPoints: 300 },
  { name: "Oven", minPoints: 1_000 },
];
/** Two points a euro; who is no member becomes one. */
const DEMO_RULE = { currency: "EUR", points: 2, expiresAfterMonths: 12, enrols: true };
const DEMO_REWARDS = [
  { title: "Coffee at the counter", description: "Any size, with a biscuit.", cost: 100, stock: null },
  { title: "A loaf of your choice", description: "As long as there is one on the shelf.", cost: 280, stock: 12 },
  { title: "A night at the oven", description: "From two in the morning, with breakfast.", cost: 1_500, stock: 1 },
];
const DEMO_MEMBERS = [
  { name: "Ada Berg", email: "ada@example.com", points: 620, why: "Thirty years of Saturdays" },
  { name: "Lotte Visser", email: "lotte@example.com", points: 90, why: "Told a friend" },
];

/** Adds what earns points and what they buy: before the orders of the demo, which earn some. */
export async function ensureLoyalty(shop: Shop): Promise<void> {
  const { siteId } = shop;
  for (const body of DEMO_TIERS) {
    await ensureRow(shop, HOURS_AGO, tiers, eq(tiers.name, body.name), (ctx) =>
      TIERS.verbs.create({ ctx, input: { siteId, body } }),
    );
  }
  await ensureRow(shop, HOURS_AGO, rules, eq(rules.currency, DEMO_RULE.currency), (ctx) =>
    RULES.verbs.create({ ctx, input: { siteId, body: DEMO_RULE } }),
  );
  const made = new Map<string, string>();
  for (const body of DEMO_REWARDS) {
    const id = await ensureRow(shop, HOURS_AGO, rewards, eq(rewards.title, body.title), (ctx) =>
      REWARDS.verbs.create({ ctx, input: { siteId, body } }),
    );
    made.set(body.title, id);
  }
  for (const member of DEMO_MEMBERS) await ensureMember(shop, member, made);
}

/** A member with points given by hand; one of them has redeemed a coffee, and was given points twice for one thing. */
async function ensureMember(
  shop: Shop,
  { name, email, points, why }: (typeof DEMO_MEMBERS)[number],
  made: ReadonlyMap<string, string>,
): Promise<void> {
  const { siteId } = shop;
  const memberId = await ensureRow(shop, HOURS_AGO, members, eq(members.email, email), (ctx) =>
    MEMBERS.verbs.create({ ctx, input: { siteId, body: { name, email } } }),
  );
  const earn = (description: string, hoursAgo: number, earned: number) =>
    ensureRow(shop, hoursAgo, entries, eq(entries.description, description), (ctx) =>
      earnPoints({ ctx, input: { siteId, body: { memberId, points: earned, description } } }),
    );
  await earn(why, HOURS_AGO - 1, points);
  if (email !== "ada@example.com") return;
  const rewardId = made.get("Coffee at the counter") as string;
  await ensureRow(shop, 46, redemptions, eq(redemptions.memberId, memberId), (ctx) =>
    redeemReward({ ctx, input: { siteId, body: { memberId, rewardId } } }),
  );
  const twice = await earn("Birthday, by mistake twice", 12, 50);
  await ensureRow(shop, 11, entries, eq(entries.firstEntryId, twice), (ctx) =>
    reverseEntry({ ctx, input: { siteId, entryId: twice } }),
  );
}
