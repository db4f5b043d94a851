import type { Env } from "../../env.ts";
import type { Html } from "../../rendering/blocks/kit.ts";
import type { Rendered } from "../../rendering/document.ts";
import { type FilledBy, filledWith, queriesIn } from "../../rendering/live-marker.ts";
import { fillForms } from "../forms/fill.ts";
import { fillBooking } from "../booking/fill.ts";
import { fillNewsletter } from "../newsletter/fill.ts";
import { fillReservation } from "../reservation/fill.ts";
import { fillShop } from "../shop/fill.ts";
import type { PublicSite } from "../site.ts";
import type { Filler } from "./filling.ts";

/** Who answers which blocks. */
const FILLERS: Readonly<Record<FilledBy, Filler>> = {
  shop: fillShop as Filler,
  forms: fillForms as Filler,
  booking: fillBooking as Filler,
  reservation: fillReservation as Filler,
  newsletter: fillNewsletter as Filler,
};

/** A document with what its blocks ask for, as it is now. */
export async function filled(
  env: Env,
  site: PublicSite,
  rendered: Rendered,
  { locale, origin }: { locale: string; origin: string },
): Promise<Rendered> {
  const queries = queriesIn(rendered.main);
  const asked = Map.groupBy(queries, ({ by }) => by);
  const fillings = await Promise.all(
    Array.from(asked, async ([by, those]) => ({ those, ...(await FILLERS[by]({ env, site, locale, origin }, those)) })),
  );
  const contents = new Map(fillings.flatMap(({ those, contents: of }) => those.map((it, index) => [it, of[index]])));
  const extras = [...(rendered.extras ?? []), ...fillings.flatMap((it) => it.extras ?? [])];
  return {
    ...rendered,
    extras,
    ...Object.assign({}, ...fillings.map(({ products }) => products && { products })),
    main: filledWith(
      rendered.main,
      queries.map((it) => contents.get(it) as Html),
    ),
  };
}
