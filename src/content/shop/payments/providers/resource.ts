import { siteResource } from "../../../resource/resource.ts";
import { SHOP } from "../../shop.ts";
import { ListPaymentProvidersQuery, PaymentProviderBodies, PaymentProviderSchema } from "./contract.ts";
import { paymentProviders } from "./table.ts";

/** They are made by `createProvider`, which answers their secret. Their payments stay when they go. */
export const PAYMENT_PROVIDERS = siteResource({
  ...SHOP,
  name: "payment_provider",
  label: "PaymentProvider",
  words: { one: "payment provider", many: "payment providers" },
  path: "/shop/payment-providers",
  idPrefix: "pp",
  table: paymentProviders,
  schema: PaymentProviderSchema,
  list: { query: ListPaymentProvidersQuery, orders: { createdAt: paymentProviders.createdAt } },
  update: { schema: PaymentProviderBodies.update, columns: ({ changes }) => changes },
  remove: {},
  // Its secret is sealed for this row alone.
  archived: false,
});
