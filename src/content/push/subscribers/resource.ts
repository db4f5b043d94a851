import { conflict, invalid } from "../../../core/errors.ts";
import { stageResubscription, stageSuppression } from "../../../mail/suppress.ts";
import { byStatus } from "../../resource/declaration.ts";
import { siteResource } from "../../resource/resource.ts";
import { findSite } from "../../sites/service.ts";
import { PUSH } from "../push.ts";
import { stageConfirmation } from "./confirmation.ts";
import { CreateSubscriberSchema, ListSubscribersQuery, SubscriberSchema, UpdateSubscriberSchema } from "./contract.ts";
import { SUBSCRIBER_STATUSES, subscribers } from "./table.ts";

const SAMPLE = {
  email: "ada@example.com",
  status: "pending" as const,
  topics: ["news"],
  locale: "en",
  source: "api" as const,
  consentAt: null,
  unsubscribedAt: null,
};

const ACTIVE = { status: "active" as const, consentAt: "2026-01-15T10:30:00.000Z" };

/** Those who want a website's news by e-mail. */
export const SUBSCRIBERS = siteResource({
  ...PUSH,
  name: "subscriber",
  label: "Subscriber",
  path: "/push/subscribers",
  idPrefix: "sub",
  table: subscribers,
  schema: SubscriberSchema,
  personal: ["email"],
  events: {
    sample: SAMPLE,
    verbs: { created: {}, updated: { topics: ["news", "events"], version: 2 }, deleted: {} },
    turns: {
      confirmed: { sample: ACTIVE, isNow: ({ status }) => status === "active" },
      unsubscribed: {
        sample: { status: "unsubscribed", unsubscribedAt: "2026-01-15T10:30:00.000Z", version: 2 },
        isNow: ({ status }) => status === "unsubscribed",
      },
    },
  },
  list: {
    query: ListSubscribersQuery,
    orders: { createdAt: subscribers.createdAt, updatedAt: subscribers.updatedAt },
    state: byStatus(subscribers.status, SUBSCRIBER_STATUSES),
    filters: { email: subscribers.email },
    search: [subscribers.email],
  },
  create: {
    schema: CreateSubscriberSchema,
    description:
      "They get a mail to confirm it, unless they have agreed elsewhere: with `consentAt` they are `active` at once. One that is there already is 409.",
    errors: ["conflict"],
    columns: async ({ ctx, site, id, body }) => {
      const { email, topics, locale, consentAt } = body;
      const { status = consentAt === null ? "pending" : "active" } = body;
      if (status === "active" && consentAt === null) {
        throw invalid("consentAt", "is needed for somebody who is subscribed without confirming it");
      }
      if (consentAt !== null && consentAt > ctx.now) throw invalid("consentAt", "must not lie ahead");
      if (status === "pending" && consentAt !== null) {
        throw invalid("consentAt", 'is for those who have agreed: send "status": "active", or leave the status out');
      }
      if (status === "pending") {
        await stageConfirmation(ctx, site, { id, siteId: site.id, email, locale, askedAt: ctx.now });
      }
      const remindedAt = status === "pending" ? ctx.now : null;
      const own = { email, topics, locale, status, consentAt, remindedAt };
      return { ...own, source: "api" as const, unsubscribedAt: null, askedAt: ctx.now };
    },
    example: (_, nth) => ({ email: `ada+${nth}@example.com` }),
  },
  update: {
    schema: UpdateSubscriberSchema,
    description: "What they want, and in which language. Nobody is subscribed again without confirming it.",
    columns: async ({ ctx, before, changes }) => {
      const { status } = changes;
      if (status === undefined || status === before.status) return changes;
      if (status === "unsubscribed") return { ...changes, unsubscribedAt: ctx.now };
      if (before.status === "active") throw invalid("status", "is active already: nothing is to be confirmed");
      const asked = { ...before, ...changes, askedAt: ctx.now };
      await stageConfirmation(ctx, await findSite(ctx, before.siteId), asked);
      return { ...changes, consentAt: null, unsubscribedAt: null, askedAt: ctx.now, remindedAt: ctx.now };
    },
  },
  async follow({ ctx, before, row }) {
    const { siteId, email, status } = row;
    if (status === before.status) return;
    if (status === "unsubscribed") {
      await stageSuppression(ctx, { siteId, email, reason: "unsubscribe", detail: null });
    }
    if (status === "active") stageResubscription(ctx, siteId, email);
  },
  check: ({ ctx }) => {
    ctx.unit.onDuplicate(
      [subscribers.siteId, subscribers.email],
      conflict("email", "There is a subscriber of this address already."),
    );
  },
  remove: { description: "With all that is known of them. Where they have unsubscribed, that stays known." },
  archived: {
    // Nobody who comes along is asked again.
    made: (_, ctx) => ({ askedAt: ctx.now, remindedAt: null }),
  },
});
