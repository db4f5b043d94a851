import { reservationWordsFor } from "../../rendering/booking/reservation-words.ts";
import type { Root } from "../live/page.ts";

/** Tables as a part of a website. */
export const RESERVE_ROOT: Root = { slug: "reserve", title: (locale) => reservationWordsFor(locale).start };
