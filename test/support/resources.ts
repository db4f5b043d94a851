import { SITE_RESOURCES } from "../../src/content/resources.ts";
import type { SiteResource } from "../../src/content/resource/resource.ts";
import { DOT, formOf } from "./pictures.ts";
import { exampleBody, named } from "./registry.ts";

type Body = Record<string, unknown>;

const fieldsOf = (schema: unknown): string[] => Object.keys((schema as { shape: object }).shape);

/** What the sample of a resource's events says of the fields that a body may have; the published example where there is none. */
function base({ label, events, create }: SiteResource): Body {
  const sample = events.created?.sample as Body | undefined;
  if (!sample) return exampleBody(named(`create${label}`)) as Body;
  const known = fieldsOf(create?.schema).filter((name) => name !== "slug" && sample[name] !== null);
  return Object.fromEntries(known.map((name) => [name, sample[name]]));
}

let made = 0;

/** A body that makes one more of a resource, beside however many there are; what is not made of JSON is made of a form. */
export function newBody(resource: SiteResource, ids: Record<string, string>): Body | FormData {
  if (!resource.create) return formOf(DOT, "dot.png", { alt: "A dot", folder: "Dots" });
  made += 1;
  return { ...base(resource), ...resource.create.example?.(ids, made) };
}

/** The resource an event, an operation or a parameter is about by its name, if it is one that is declared once. */
export const resourceNamed = (name: string): SiteResource | undefined => SITE_RESOURCES.find((it) => it.name === name);

/** Makes one more of a resource below its site, by calls of `create`; a redemption comes of redeeming. */
export async function makeOne<Made>(
  create: (path: string, body: unknown) => Promise<Made>,
  resource: SiteResource,
  ids: Record<string, string>,
): Promise<Made> {
  if (resource.name === "payment_provider") return create(resource.path, exampleBody(named("createPaymentProvider")));
  if (resource.name !== "redemption") return create(resource.path, newBody(resource, ids));
  const { memberId, rewardId } = ids;
  await create("/loyalty/earn", { memberId, points: 1_000, description: "To be spent" });
  return create("/loyalty/redeem", { memberId, rewardId });
}
