/** What products, coupons and orders have in common. */
export const SHOP = {
  tag: "Shop",
  scopes: { read: "ecommerce:read", write: "ecommerce:write" },
  integrations: true,
} as const;
