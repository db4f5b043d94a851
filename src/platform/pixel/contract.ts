import { z } from "@hono/zod-openapi";
import { isWebUrl, text } from "../../core/fields.ts";
import { WEB_URL } from "../../core/patterns.ts";

const MAX_PROPERTIES_BYTES = 2_048;

export const PixelConfigSchema = z
  .object({
    enabled: z.boolean(),
    features: z.object({ pageviews: z.boolean(), events: z.boolean(), sessions: z.boolean() }),
    sample_rate: z.number().meta({ example: 1, description: "Share of visitors that is tracked, 0 to 1" }),
  })
  .openapi("PixelConfig");

export const PixelConfigQuery = z.strictObject({
  site_id: text(64)
    .optional()
    .register(z.globalRegistry, { description: "The website, where the domain does not tell it" }),
});

/** Of ASCII, letters, digits and some signs; which characters beyond it are letters, no portable pattern tells. */
const EVENT = "^[^\\u0000-/:-@\\[-`{-\\u00a0][^\\u0000-\\u001f!-,/;-@\\[-^`{-\\u00a0]*$";

export const TrackSchema = z
  .strictObject({
    event: text(64)
      .refine(
        (name) => /^[\p{L}\p{N}][\p{L}\p{N} _.:-]*$/u.test(name),
        "must start with a letter or digit and hold only those, spaces and . : _ -",
      )
      .meta({ pattern: EVENT, description: "`pageview`, or an event of your own" }),
    url: text(2_000).refine(isWebUrl, "must be an absolute http(s) URL").meta({
      pattern: WEB_URL,
      description:
        "The page. Its host tells the website; of its query string only `utm_source`, `utm_medium`, `utm_campaign`, `utm_term` and `utm_content` are kept",
    }),
    referrer: text(2_000).nullable().optional().register(z.globalRegistry, { description: "Only its host is kept" }),
    user_agent: text(1_000).optional().register(z.globalRegistry, {
      description: "The visitor's, where another sends the call. Only the class of device, browser and system is kept",
    }),
    properties: z
      .record(text(100), z.unknown())
      .refine(
        (value) => new TextEncoder().encode(JSON.stringify(value)).length <= MAX_PROPERTIES_BYTES,
        `must be at most ${MAX_PROPERTIES_BYTES} bytes as JSON`,
      )
      .optional()
      .register(z.globalRegistry, { description: "Checked, and not kept: figures tell events by their name" }),
    event_id: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,64}$/, "must have 1 to 64 letters, digits, _ or -")
      .optional()
      .register(z.globalRegistry, { description: "Names the event: sent again, it counts once" }),
    site_id: text(64)
      .optional()
      .register(z.globalRegistry, { description: "The website, where the URL's host does not tell it" }),
    session_id: z
      .string()
      .regex(/^[A-Za-z0-9_-]{1,64}$/, "must have 1 to 64 letters, digits, _ or -")
      .optional()
      .register(z.globalRegistry, { description: "A random id the page keeps while the visit lasts" }),
  })
  .openapi("TrackEvent", {
    example: {
      event: "pageview",
      url: "https://example.com/page",
      referrer: "https://google.com",
      user_agent: "Mozilla/5.0...",
      properties: { title: "Page Title" },
    },
  });

export const TrackedSchema = z
  .object({
    tracked: z.boolean(),
    reason: z
      .enum(["disabled", "do_not_track", "not_sampled", "bot"])
      .optional()
      .register(z.globalRegistry, { description: "Why the event was not kept" }),
  })
  .openapi("Tracked", { example: { tracked: true } });

export type PixelConfig = z.output<typeof PixelConfigSchema>;
export type Track = z.output<typeof TrackSchema>;
export type Tracked = z.output<typeof TrackedSchema>;
