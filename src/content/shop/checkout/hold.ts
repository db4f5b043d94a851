import type { ShopSettings } from "../settings/settings.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/**
 * Until when an order waits to be paid, in milliseconds since the epoch: as long as a payment by hand may take where that is
 * offered, else as long as a provider may.
 */
export const holdUntil = ({ payment: { manual, holdMinutes } }: ShopSettings, now: number): number =>
  now + (manual.enabled ? manual.holdHours * HOUR_MS : holdMinutes * MINUTE_MS);
