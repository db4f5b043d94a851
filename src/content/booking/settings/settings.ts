import { z } from "@hono/zod-openapi";
import { businessOf } from "../../sites/business.ts";
import { type Week, WeekSchema } from "./hours.ts";
import { VISITOR_SETTINGS } from "./visitors.ts";

/** How a website takes appointments, as its `settings.booking` say. Read as they are now: no publish is needed. */
export const BookingSettingsSchema = z
  .strictObject({
    hours: WeekSchema.nullable().default(null).meta({
      description: "When appointments can be; null: while the business is open, by `business.openingHours`",
    }),
    ...VISITOR_SETTINGS,
  })
  .openapi("BookingSettings", { description: "How the website takes appointments" });

export type BookingSettings = z.output<typeof BookingSettingsSchema>;

const UNSAID = BookingSettingsSchema.parse({});

/** How a website takes appointments; what it does not say has its default. */
export function bookingSettingsOf({ settings }: { settings: Record<string, unknown> }): BookingSettings {
  const parsed = BookingSettingsSchema.safeParse(settings.booking ?? {});
  return parsed.success ? parsed.data : UNSAID;
}

/** When a website takes appointments. Without any hours it takes none. */
export const weekOf = (site: { settings: Record<string, unknown> }): Week =>
  bookingSettingsOf(site).hours ?? businessOf(site.settings)?.openingHours ?? [];
