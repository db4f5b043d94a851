import { filled } from "../../../rendering/text/filled.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { stageMail } from "../../../mail/stage.ts";
import { contactOf } from "../../../rendering/page/footer.ts";
import type { SiteRow } from "../../resource/declaration.ts";
import { mailedProof } from "../../live/mailed.ts";
import { momentOf, signatureOf, spanOf } from "../../live/times-mail.ts";
import { businessOf } from "../../sites/business.ts";
import { entryOf, serviceName } from "../calendar/entries.ts";
import { CALENDAR_TYPE, calendarOf, type Method } from "../calendar/ics.ts";
import { bookingSettingsOf } from "../settings/settings.ts";
import { bookingAddress } from "../visitors/address.ts";
import type { BookingRow } from "../bookings/table.ts";
import type { Told } from "./told.ts";
import { bookingMailWords } from "./words.ts";

/** The file by which a calendar has the appointment, moves it or takes it away; none of what was never certain. */
async function attachmentOf(
  booking: BookingRow,
  { service, url, site }: { service: string; url: string | null; site: SiteRow },
) {
  if (booking.confirmedAt === null) return [];
  const { address } = contactOf(site.settings, businessOf(site.settings));
  const entry = { ...entryOf(booking, service, false), summary: `${service}, ${site.name}`, url, location: address };
  const method: Method = booking.status === "cancelled" ? "CANCEL" : "PUBLISH";
  const content = await calendarOf([entry], { name: service, method });
  return [{ filename: "booking.ics", type: `${CALENDAR_TYPE}; charset=utf-8; method=${method}`, content }];
}

/** Stages what a customer is told of a booking, in the language it was booked in. */
export async function mailCustomer(ctx: Ctx, site: SiteRow, booking: BookingRow, told: Told): Promise<void> {
  // What nobody is written of cannot be confirmed.
  if (!bookingSettingsOf(site).customerMails && told !== "toConfirm") return;
  const locale = booking.locale ?? site.locale;
  const words = bookingMailWords(locale);
  const service = await serviceName(ctx, booking, locale);
  // Before it is published, a website has no page to link to; what is confirmed by a link was booked on its pages.
  const isLinked = site.liveDeploymentId !== null || told === "toConfirm";
  const page = isLinked ? await bookingAddress(ctx, site, booking) : null;
  // Only the mail says it: who confirms has read it.
  const url = told === "toConfirm" ? `${page}&confirm=${await mailedProof(ctx.env, "booking", booking)}` : page;
  const values = { name: booking.customer.name, service, until: momentOf(booking.holdUntil, locale, site) };
  const [subject, sentence] = words[told];
  const { people, reason } = booking;
  const lines = [
    `${filled(words.hello, values)}\n`,
    `${filled(sentence, values)}\n`,
    service,
    spanOf(booking, locale, site),
    people > 1 ? `${words.people} ${people}` : null,
    told === "cancelled" && reason ? `${words.reason} ${reason}` : null,
    url === null ? "" : `\n${words.link}\n${url}\n`,
    signatureOf(site),
  ];
  stageMail(ctx, {
    kind: `booking.${told}`,
    siteId: site.id,
    to: booking.customer.email,
    subject: filled(subject, values),
    text: lines.filter((it) => it !== null).join("\n"),
    attachments: await attachmentOf(booking, { service, url, site }),
  });
}

/** Stages that the owner is told of what a visitor has done, in the website's language; answers go to the customer. */
export async function mailOwner(
  ctx: Ctx,
  site: SiteRow,
  booking: BookingRow,
  what: "made" | "moved" | "cancelled",
): Promise<void> {
  const { notifyEmail } = bookingSettingsOf(site);
  if (notifyEmail === null || ctx.caller.kind !== "anonymous") return;
  const service = await serviceName(ctx, booking, site.locale);
  const { name, email, phone } = booking.customer;
  const words = bookingMailWords(site.locale);
  const [subject, sentence] = words.owner[what];
  const values = { name, service, id: booking.id };
  const lines = [
    `${filled(sentence, values)}\n`,
    service,
    spanOf(booking, site.locale, site),
    booking.people > 1 ? `${words.people} ${booking.people}` : null,
    `\n${[name, email, phone].filter(Boolean).join("\n")}`,
    booking.note ? `\n${booking.note}` : null,
    `\n${filled(words.owner.number, values)}`,
  ];
  stageMail(ctx, {
    kind: `booking.owner_${what}`,
    siteId: site.id,
    to: notifyEmail,
    subject: filled(subject, values),
    text: lines.filter((it) => it !== null).join("\n"),
    replyTo: email,
  });
}
