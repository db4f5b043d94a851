import type { Ctx } from "../../../core/work/context.ts";
import { stageMail } from "../../../mail/stage.ts";
import { newsletterWordsFor } from "../../../rendering/newsletter/words.ts";
import type { SiteRow } from "../../resource/declaration.ts";
import { subscriberLink } from "./links.ts";
import type { SubscriberRow } from "./table.ts";

/** Stages the mail by which the owner of an address confirms that it is subscribed. */
export async function stageConfirmation(
  ctx: Ctx,
  site: SiteRow,
  subscriber: Pick<SubscriberRow, "id" | "siteId" | "email" | "locale" | "askedAt">,
): Promise<void> {
  const locale = subscriber.locale ?? site.locale;
  const words = newsletterWordsFor(locale);
  const link = await subscriberLink(ctx.env, "confirm", subscriber, { site, origin: ctx.origin, locale });
  const named = (text: string): string => text.replaceAll("{site}", () => site.name);
  stageMail(ctx, {
    kind: "subscriber.confirm",
    siteId: site.id,
    to: subscriber.email,
    subject: named(words.mailSubject),
    text: `${named(words.mailText)}\n\n${link}\n\n${words.mailIgnore}\n`,
  });
}
