import { html } from "hono/html";
import type { BookingQuery, ReservationQuery } from "../booking/query.ts";
import { markerOf } from "../live-marker.ts";
import { numberOf, textOf } from "../text/props.ts";
import { headingOf, lined, nothing, type RenderBlock, section } from "./kit.ts";

/** Services a list has, at most and where nobody has said how many. */
const MAX_SERVICES = 24;
const FEW_SERVICES = 12;
/** How many come to a table, where nobody has said. */
const USUAL_PEOPLE = 2;
const MAX_PEOPLE = 100;

const whole = (value: number, max: number): number => Math.min(Math.max(Math.round(value), 1), max);

const leadIn = (text: string) => (text ? html`<p class="lead">${lined(text)}</p>` : nothing);

/** What can be booked, and when, is looked up when the page is read. */
const booking: RenderBlock = (props) => {
  const service = textOf(props, "service");
  const query: BookingQuery = {
    ...{ by: "booking", service },
    limit: whole(numberOf(props, "limit") ?? FEW_SERVICES, MAX_SERVICES),
    level: headingOf(props) ? "h3" : "h2",
  };
  return section("booking", headingOf(props), html`${leadIn(textOf(props, "text"))}${markerOf(query)}`);
};

const reservation: RenderBlock = (props) => {
  const query: ReservationQuery = {
    by: "reservation",
    people: whole(numberOf(props, "partySize") ?? USUAL_PEOPLE, MAX_PEOPLE),
    level: headingOf(props) ? "h3" : "h2",
  };
  return section("booking", headingOf(props), html`${leadIn(textOf(props, "text"))}${markerOf(query)}`);
};

export const bookingBlocks: Record<string, RenderBlock> = { BookingWidget: booking, ReservationWidget: reservation };
