import { z } from "@hono/zod-openapi";
import type { PixelConfig } from "./contract.ts";

const on = z.boolean().catch(true);

/**
 * A site's `settings.pixel`. Settings are free-form, so what is missing or makes no sense has its default. The switch
 * itself is the exception: anything but `true` turns the pixel off, since tracking by mistake is the worse mistake.
 */
const SettingsSchema = z.object({
  enabled: z.boolean().optional().default(true).catch(false),
  features: z
    .object({ pageviews: on, events: on, sessions: on })
    .catch({ pageviews: true, events: true, sessions: true }),
  sampleRate: z.number().min(0).max(1).catch(1),
});

/** What an address no website lives at is told. */
export const DISABLED: PixelConfig = {
  enabled: false,
  features: { pageviews: false, events: false, sessions: false },
  sample_rate: 0,
};

/** The pixel as a site has set it up; an archived site tracks nobody. */
export function pixelConfigOf(site: { status: string; settings: Record<string, unknown> } | null): PixelConfig {
  if (!site || site.status === "archived") return DISABLED;
  const own = site.settings.pixel;
  const isObject = typeof own === "object" && own !== null && !Array.isArray(own);
  const parsed = SettingsSchema.parse(isObject ? own : { enabled: own });
  return { enabled: parsed.enabled, features: parsed.features, sample_rate: parsed.sampleRate };
}
