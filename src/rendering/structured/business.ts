import type { LocalBusiness, OpeningHoursSpecification, Organization } from "schema-dts";
import type { Facts, OpeningTime } from "./facts.ts";

/** Who runs a site, as its owner has told: `type` is one of schema.org's, the country a code of ISO 3166-1. */
export interface Business {
  type: string;
  name?: string | undefined;
  telephone?: string | undefined;
  email?: string | undefined;
  address?: PostalParts | undefined;
  geo?: { latitude: number; longitude: number } | undefined;
  openingHours?: { days: string[]; opens: string; closes: string }[] | undefined;
  priceRange?: string | undefined;
}

/** How a site can be reached, as its pages say it. */
export interface Contact {
  address: string | null;
  email: string | null;
  phone: string | null;
}

export interface PostalParts {
  street?: string | undefined;
  postalCode?: string | undefined;
  city?: string | undefined;
  region?: string | undefined;
  country?: string | undefined;
}

const dayOfWeek = (day: string) => (day.charAt(0).toUpperCase() + day.slice(1)) as OpeningTime["days"][number];

const hoursOf = (times: { days: string[]; opens: string; closes: string }[]): OpeningHoursSpecification[] =>
  times.map(({ days, opens, closes }) => ({
    "@type": "OpeningHoursSpecification",
    dayOfWeek: days.map((day) => dayOfWeek(day)),
    opens,
    closes,
  }));

/** A place's address: in its parts, or as the text there is. */
const addressOf = (parts: PostalParts | undefined, text: string | null) =>
  parts
    ? {
        address: {
          "@type": "PostalAddress" as const,
          ...(parts.street && { streetAddress: parts.street }),
          ...(parts.postalCode && { postalCode: parts.postalCode }),
          ...(parts.city && { addressLocality: parts.city }),
          ...(parts.region && { addressRegion: parts.region }),
          ...(parts.country && { addressCountry: parts.country }),
        },
      }
    : text
      ? { address: text }
      : {};

/** What is known of whoever runs a site, from its settings and from the page that is shown. */
export interface Known {
  id: string;
  url: string;
  siteName: string;
  logo: string | null;
  business: Business | null;
  contact: Contact;
  facts: Facts | undefined;
}

/**
 * The publisher of a site. Where its owner has named no kind of business it is one with a place to go to if the page says
 * when it is open, or where it is, and an address is known; else just an organization.
 */
export function publisherOf({ id, url, siteName, logo, business, contact, facts }: Known): Organization {
  const [place] = facts?.places ?? [];
  const address = addressOf(business?.address, place?.address || contact.address);
  const times = business?.openingHours ?? facts?.hours ?? [];
  const isLocal = "address" in address && (times.length > 0 || place !== undefined);
  const geo = business?.geo ?? place;
  const [telephone, email] = [business?.telephone ?? contact.phone, business?.email ?? contact.email];
  const common = {
    "@id": id,
    name: business?.name ?? siteName,
    url,
    ...(logo && { logo }),
    ...(telephone && { telephone }),
    ...(email && { email }),
    ...address,
  };
  const type = business?.type ?? (isLocal ? "LocalBusiness" : "Organization");
  if (type === "Organization") return { "@type": "Organization", ...common };
  const local: Exclude<LocalBusiness, string> = {
    // Its owner has named one of those below it.
    "@type": type as "LocalBusiness",
    ...common,
    ...(geo && { geo: { "@type": "GeoCoordinates", latitude: geo.latitude, longitude: geo.longitude } }),
    ...(times.length > 0 && { openingHoursSpecification: hoursOf(times) }),
    ...(business?.priceRange && { priceRange: business.priceRange }),
  };
  return local;
}
