import { conflict } from "../../../core/errors.ts";
import { SUPPRESSION_REASONS, suppressions } from "../../../mail/table.ts";
import { MAIL } from "../mail.ts";
import { siteResource } from "../../resource/resource.ts";
import { CreateSuppressionSchema, ListSuppressionsQuery, SuppressionSchema } from "./contract.ts";

const reasons = Object.fromEntries(SUPPRESSION_REASONS.map((it) => [it, it]));

/** Addresses a website does not write to: they are dead, their owners do not want it, or somebody has said so. */
export const SUPPRESSIONS = siteResource({
  ...MAIL,
  name: "mail_suppression",
  label: "MailSuppression",
  called: "Suppressed address",
  words: { one: "suppressed address", many: "suppressed addresses" },
  path: "/mail/suppressions",
  idPrefix: "supp",
  table: suppressions,
  schema: SuppressionSchema,
  personal: ["email", "detail"],
  list: {
    query: ListSuppressionsQuery,
    orders: { createdAt: suppressions.createdAt, updatedAt: suppressions.updatedAt },
    state: { column: suppressions.reason, parameter: "reason", values: reasons, itemValues: reasons },
    filters: { email: suppressions.email },
    search: [suppressions.email],
  },
  create: {
    schema: CreateSuppressionSchema,
    description: "Nothing is sent there any more, from this commit on.",
    errors: ["conflict"],
    columns: ({ body }) => ({ ...body, reason: "manual" as const }),
    example: (_, nth) => ({ email: `ada+${nth}@example.com` }),
  },
  check: ({ ctx }) => {
    ctx.unit.onDuplicate(
      [suppressions.siteId, suppressions.email],
      conflict("email", "The address is listed already."),
    );
  },
  remove: {
    description: "The website may write there again. What the provider keeps of its own is not changed by it.",
  },
});
