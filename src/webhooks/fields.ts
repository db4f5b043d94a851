import { z } from "@hono/zod-openapi";
import { exactlyOne } from "../core/contract.ts";
import { eventPatternSchema } from "../core/events/schema.ts";
import { MomentSchema, text } from "../core/fields.ts";
import { wholeQuery } from "../core/http/query-fields.ts";
import { PUBLIC_URL, SECRET } from "../core/patterns.ts";
import { secretProblem } from "./secret.ts";
import { REPLAY_STATUSES } from "../core/events/tables.ts";

const MAX_PATTERNS = 50;

export const WebhookUrlSchema = text(2_000, "must be an address").openapi("WebhookUrl", {
  pattern: PUBLIC_URL,
  description: "An https address on a public host",
});

/** Where to post to. Automation tools name it each in their own way. */
const urlFields = {
  url: WebhookUrlSchema.optional().register(z.globalRegistry, {
    description: "HTTPS is required",
    example: "https://your-app.com/webhooks",
  }),
  target_url: WebhookUrlSchema.optional().register(z.globalRegistry, { description: "Another name for `url`" }),
  targetUrl: WebhookUrlSchema.optional().register(z.globalRegistry, { description: "Another name for `url`" }),
};

type Urls = { [Name in keyof typeof urlFields]?: string | undefined };

/** What a body wants sent where, and the names it has given that by. */
export function subscriptionOf(body: Urls & { events?: string[] | undefined; event?: string | undefined }) {
  const urlField = (["url", "target_url", "targetUrl"] as const).find((it) => body[it] !== undefined) ?? "url";
  return { url: body[urlField] as string, urlField, events: body.events ?? [body.event as string] };
}

/** The address under exactly one of its names, and events under one of theirs. */
export function oneUrl(body: Urls & { events?: unknown; event?: unknown }, issue: z.RefinementCtx): void {
  const given = (["url", "target_url", "targetUrl"] as const).filter((it) => body[it] !== undefined);
  if (given.length === 0) issue.addIssue({ code: "custom", path: ["url"], message: "is required" });
  if (given.length > 1)
    issue.addIssue({ code: "custom", path: [given[1] as string], message: `says again what ${given[0]} says` });
  if (body.events === undefined && body.event === undefined) {
    issue.addIssue({ code: "custom", path: ["events"], message: "is required" });
  }
  if (body.events !== undefined && body.event !== undefined) {
    issue.addIssue({ code: "custom", path: ["event"], message: "says again what events says" });
  }
}

/** How `oneUrl` is described. */
export const ONE_URL = { allOf: [exactlyOne("url", "target_url", "targetUrl"), exactlyOne("events", "event")] };

/** Event types, `post.*` or `*`. */
const EventPatternsSchema = z
  .array(eventPatternSchema, "must be a list of events")
  .min(1, "must name at least one event")
  .max(MAX_PATTERNS, `must have at most ${MAX_PATTERNS} entries`)
  .meta({ example: ["post.created", "post.*"] });

const secret = z
  .string()
  .superRefine((it, issue) => {
    const problem = secretProblem(it);
    if (problem !== null) issue.addIssue(problem);
  })
  .openapi("WebhookSecret", {
    pattern: SECRET,
    description: "`whsec_` and the base64 of 24 to 64 bytes; made when left out",
  });

const description = text(500).trim().meta({ maxLength: 500 }).nullable();

/** What a new webhook can be given on either surface; with `oneUrl`. */
export const subscriptionFields = {
  ...urlFields,
  event: eventPatternSchema
    .optional()
    .register(z.globalRegistry, { description: "One event, for tools that send one" }),
  events: EventPatternsSchema.optional(),
  secret: secret.optional(),
  description: description.optional(),
};

/** What can be changed of a webhook on either surface. */
export const changeFields = { url: urlFields.url.unwrap(), events: EventPatternsSchema, description };

/** What a new secret can be asked for with. */
export const rotationFields = { secret: secret.optional() };

export const graceHours = z
  .int("must be a whole number of hours")
  .min(0, "must be at least 0")
  .max(24, "must be at most 24")
  .default(24)
  .register(z.globalRegistry, { description: "How long the former secret signs as well; 0 ends it at once" });

/** The status of an answer, to filter by. */
export const responseCodeQuery = wholeQuery(100, 599).meta({ description: "What the last attempt was answered" });

/** Which of the past events are sent again. */
export const replayFields = {
  from: MomentSchema,
  to: MomentSchema.optional().register(z.globalRegistry, { description: "Now when left out" }),
  status: z
    .enum(REPLAY_STATUSES, `must be one of ${REPLAY_STATUSES.join(", ")}`)
    .default("failed")
    .register(z.globalRegistry, {
      description: "`missed`: events the endpoint was never sent, as it was off or not subscribed",
    }),
};
