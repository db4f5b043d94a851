import type { SamplePicture } from "../pictures.ts";
import { BLUE_BAG, LINEN_BAG } from "./bags.ts";
import { COURSE } from "./course.ts";
import { FOCACCIA } from "./focaccia.ts";
import { HANDBOOK } from "./handbook.ts";
import { RYE, SOURDOUGH } from "./loaves.ts";
import { CROISSANT, STOLLEN } from "./pastries.ts";
import { STARTER } from "./starter.ts";

/** Pictures of what the bakery sells. */
export const PICTURES_OF_GOODS: SamplePicture[] = [
  { name: "sourdough", alt: "A round loaf with four cuts in its crust", painting: SOURDOUGH },
  { name: "rye", alt: "A long dark loaf with seeds on it", painting: RYE },
  { name: "focaccia", alt: "A sheet of focaccia with rosemary", painting: FOCACCIA },
  { name: "croissant", alt: "A croissant of seven turns", painting: CROISSANT },
  { name: "stollen", alt: "A stollen under sugar, cut open", painting: STOLLEN },
  { name: "starter", alt: "A jar of sourdough starter, full of bubbles", painting: STARTER },
  { name: "bag", alt: "A bag of natural linen, with a loaf printed on it", painting: LINEN_BAG },
  { name: "bluebag", alt: "A bag of blue linen, with a loaf printed on it", painting: BLUE_BAG },
  { name: "course", alt: "A rolling pin over a piece of dough on a floured table", painting: COURSE },
  { name: "handbook", alt: "A blue book with a loaf on its cover", painting: HANDBOOK },
];
