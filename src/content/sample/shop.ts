/** What the bakery sells. */
export const SAMPLE_PRODUCTS = [
  { title: "Sourdough loaf", price: 650, stock: 24, category: "Bread", sku: "BR-01" },
  { title: "Rye with caraway", price: 590, stock: 12, category: "Bread", sku: "BR-02" },
  { title: "Butter croissant", price: 240, stock: null, category: "Pastry", sku: "PA-01" },
  {
    title: "Stollen",
    price: 1_890,
    stock: 40,
    category: "Christmas",
    sku: "CH-01",
    variants: [
      { title: "750 g", sku: "CH-01-750", price: null, stock: 30 },
      { title: "1.5 kg", sku: "CH-01-1500", price: 3_400, stock: 10 },
    ],
  },
  { title: "Baking course, one evening", price: 8_500, stock: 8, category: "Courses", sku: "CO-01", type: "service" },
] as const;

/** Reductions of the bakery. */
export const SAMPLE_COUPONS = [
  { code: "WELCOME10", type: "percentage", value: 10, maxUses: 500 },
  { code: "FIVE", type: "fixed", value: 500, currency: "EUR", minimumAmount: 2_500 },
] as const;
