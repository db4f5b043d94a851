/** Zones whose clocks are read with AM and PM, and whose dates begin with the month, by those who write plain English. */
const AMERICAN = /^(America|US)\/|^Pacific\/(Honolulu|Guam|Pago_Pago|Saipan)$/;

/**
 * The language by which dates and times are written. English that names no country is American to `Intl`; of a website
 * that is not there it is meant as the rest of the world writes it: “Tuesday, 1 December 2026”, “14:30”.
 */
export const clockLocale = (locale: string, timeZone: string): string =>
  locale === "en" && !AMERICAN.test(timeZone) ? "en-GB" : locale;
