import { byActive } from "../../resource/declaration.ts";
import { siteResource } from "../../resource/resource.ts";
import { LOYALTY } from "../loyalty.ts";
import { ListRewardsQuery, RewardBodies, RewardSchema } from "./contract.ts";
import { rewards } from "./table.ts";

const SAMPLE = { title: "Free coffee", description: null, image: null, cost: 100, stock: 25, active: true };

export const REWARDS = siteResource({
  ...LOYALTY,
  name: "reward",
  label: "Reward",
  path: "/loyalty/rewards",
  idPrefix: "rwd",
  table: rewards,
  schema: RewardSchema,
  events: { sample: SAMPLE, verbs: { created: {}, updated: { cost: 120, version: 2 }, deleted: {} } },
  list: {
    query: ListRewardsQuery,
    orders: { createdAt: rewards.createdAt, cost: rewards.cost },
    state: byActive(rewards.active),
    search: [rewards.title, rewards.description],
  },
  create: { schema: RewardBodies.create, columns: ({ body }) => RewardBodies.fill(body) },
  update: { schema: RewardBodies.update, columns: ({ changes }) => changes },
  remove: { description: "Redemptions keep what was redeemed as it was then." },
});
