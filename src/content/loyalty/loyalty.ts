/** What members, tiers, rules, rewards and redemptions have in common. */
export const LOYALTY = {
  tag: "Loyalty",
  scopes: { read: "loyalty:read", write: "loyalty:write" },
  integrations: true,
} as const;
