import { z } from "@hono/zod-openapi";
import { MomentSchema } from "../core/fields.ts";
import { wholeQuery } from "../core/http/query-fields.ts";
import { REPLAY_STATUSES } from "../core/events/tables.ts";

const MAX_PATTERNS = 50;

const url = z.string("must be an address").max(2_000, "must have at most 2000 characters");

/** Where to post to. Automation tools name it each in their own way. */
const urlFields = {
  url: url.optional().openapi({ description: "HTTPS is required", example: "https://your-app.com/webhooks" }),
  target_url: url.optional().openapi({ description: "Another name for `url`" }),
  targetUrl: url.optional().openapi({ description: "Another name for `url`" }),
};

type Urls = { [Name in keyof typeof urlFields]?: string | undefined };

/** What a body wants sent where, and the names it has given that by. */
export function subscriptionOf(body: Urls & { events?: string[] | undefined; event?: string | undefined }) {
  const urlField = (["url", "target_url", "targetUrl"] as const).find((it) => body[it] !== undefined) ?? "url";
  const eventsField = body.events ? ("events" as const) : ("event" as const);
  return { url: body[urlField] as string, urlField, events: body.events ?? [body.event as string], eventsField };
}

/** The address under exactly one of its names, and events under one of theirs. */
export function oneUrl(body: Urls & { events?: unknown; event?: unknown }, issue: z.RefinementCtx): void {
  const given = (["url", "target_url", "targetUrl"] as const).filter((it) => body[it] !== undefined);
  if (given.length === 0) issue.addIssue({ code: "custom", path: ["url"], message: "The url field is required." });
  if (given.length > 1)
    issue.addIssue({ code: "custom", path: [given[1] as string], message: `says again what ${given[0]} says` });
  if (body.events === undefined && body.event === undefined) {
    issue.addIssue({ code: "custom", path: ["events"], message: "The events field is required." });
  }
  if (body.events !== undefined && body.event !== undefined) {
    issue.addIssue({ code: "custom", path: ["event"], message: "says again what events says" });
  }
}

/** Event types, `post.*` or `*`; which there are is checked by the service. */
const EventPatternsSchema = z
  .array(
    z.string("must be the name of an event").max(64, "must have at most 64 characters"),
    "must be a list of events",
  )
  .min(1, "must name at least one event")
  .max(MAX_PATTERNS, `must have at most ${MAX_PATTERNS} entries`)
  .openapi({ example: ["post.created", "post.*"] });

const secret = z
  .string("must be text")
  .max(200, "must be whsec_ and the base64 of 24 to 64 bytes")
  .openapi({ description: "`whsec_` and the base64 of 24 to 64 bytes; generated when left out" });

const description = z.string("must be text").trim().max(500, "must have at most 500 characters").nullable();

/** What a new webhook can be given on either surface; with `oneUrl`. */
export const subscriptionFields = {
  ...urlFields,
  event: z.string().max(64).optional().openapi({ description: "One event, for tools that send one" }),
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
  .openapi({ description: "How long the former secret signs as well; 0 ends it at once" });

/** The status of an answer, to filter by. */
export const responseCodeQuery = wholeQuery(100, 599).openapi({ description: "What the last attempt was answered" });

/** Which of the past events are sent again. */
export const replayFields = {
  from: MomentSchema,
  to: MomentSchema.optional().openapi({ description: "Now when left out" }),
  status: z
    .enum(REPLAY_STATUSES, `must be one of ${REPLAY_STATUSES.join(", ")}`)
    .default("failed")
    .openapi({ description: "`missed`: events the endpoint was never sent, as it was off or not subscribed" }),
};
