import { TRAP } from "../../rendering/shop/review-form.ts";
import type { SentForm } from "../live/sent-form.ts";

/** Whether a form was filled in by a program that fills in everything: people do not see the field. */
export const isTrapped = (form: SentForm): boolean => form.text(TRAP) !== "";
