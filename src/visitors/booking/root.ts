import { bookingWordsFor } from "../../rendering/booking/words.ts";
import type { Root } from "../live/page.ts";

/** Appointments as a part of a website. */
export const BOOK_ROOT: Root = { slug: "book", title: (locale) => bookingWordsFor(locale).start };
