import { DECLARED } from "../../../rendering/catalogue/index.ts";
import type { Kind, Properties } from "../../../rendering/catalogue/properties.ts";

/**
 * What a model writes pages with. Pictures, maps and films are none of them, as it knows no address; nor are quotations and
 * people, which it would have to invent.
 */
export const WRITTEN_BLOCKS: readonly string[] = [
  "HeroSection",
  "TextSection",
  "FeatureCardsSection",
  "ServiceCardsSection",
  "StepsSection",
  "TimelineSection",
  "StatisticsSection",
  "FaqSection",
  "CTABannerSection",
];

/** What of a block a model writes: words, and links to places it is told of. */
const WRITTEN: ReadonlySet<Kind> = new Set<Kind>(["text", "texts", "list", "url"]);

/** Names of what belongs to pictures and prices, which there are none of. */
const UNWRITTEN = /alt$|caption|currency/i;

/** An example without what a model does not write; of a list one entry. */
function written(properties: Properties, example: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(example).flatMap(([name, value]) => {
    const property = properties[name];
    if (!property || !WRITTEN.has(property.kind) || UNWRITTEN.test(name)) return [];
    if (property.kind !== "list") return [[name, value]];
    const [first] = value as Record<string, unknown>[];
    return [[name, [written(property.of ?? {}, first ?? {})]]];
  });
  return Object.fromEntries(entries);
}

let guide: Record<string, { description: string; props: Record<string, unknown> }> | null = null;

/** Each type of block a model may use, with what it shows and its properties by example: an extract of the catalogue. */
export function blockGuide(): Readonly<Record<string, { description: string; props: Record<string, unknown> }>> {
  guide ??= Object.fromEntries(
    Object.entries(DECLARED)
      .filter(([type]) => WRITTEN_BLOCKS.includes(type))
      .map(([type, { description, properties, example }]) => [
        type,
        { description, props: written(properties, example) },
      ]),
  );
  return guide;
}
