import { DomainError, invalid, invalidFields } from "../../../core/errors.ts";
import type { Ctx } from "../../../core/work/context.ts";
import { suppressionOf } from "../../../mail/suppressed.ts";
import { stageMail } from "../../../mail/stage.ts";
import { shownBy } from "../../resource/contract.ts";
import { findItem } from "../../resource/find.ts";
import { createItem, type Written } from "../../resource/write.ts";
import { MESSAGE_TEMPLATES } from "../templates/resource.ts";
import type { TemplateRow } from "../templates/table.ts";
import { filledIn, requireWellFormed, type Texts } from "../templates/variables.ts";
import { MessageSchema, type SendMessage } from "./contract.ts";
import { MESSAGES } from "./resource.ts";
import type { MessageRow, messages } from "./table.ts";

/** Refuses keys that send no single messages (document 003). */
export async function requireTransactional({ caller }: Ctx): Promise<void> {
  if (caller.kind !== "key" || caller.accessType === "transactional") return;
  const message = "Only API keys of access type transactional may send messages.";
  throw new DomainError("forbidden", message, { reason: "access_type", requiredAccessType: "transactional" });
}

/** The texts of a message: those of its template, or its own; of both, or neither, 400 says which is wrong. */
async function textsOf(ctx: Ctx, siteId: string, body: SendMessage): Promise<Texts> {
  const { templateId, subject, text, html, channel } = body;
  if (templateId === undefined) {
    const missing = Object.entries({ subject, text }).filter(([, it]) => it === undefined);
    if (missing.length > 0) {
      throw invalidFields(Object.fromEntries(missing.map(([name]) => [name, ["is required without a templateId"]])));
    }
    const own = { subject: subject as string, text: text as string, html: html ?? null };
    requireWellFormed(own);
    return own;
  }
  const beside = Object.entries({ subject, text, html }).filter(([, it]) => it !== undefined);
  if (beside.length > 0) {
    throw invalidFields(Object.fromEntries(beside.map(([name]) => [name, ["is the template's where there is one"]])));
  }
  const template = await findTemplate(ctx, siteId, templateId);
  if (template.channel !== channel) throw invalid("templateId", `is a template of the channel ${template.channel}`);
  return template;
}

async function findTemplate(ctx: Ctx, siteId: string, id: string): Promise<TemplateRow> {
  try {
    return (await findItem(ctx, MESSAGE_TEMPLATES, { siteId, id })) as TemplateRow;
  } catch (error) {
    if (!(error instanceof DomainError) || error.code !== "not_found") throw error;
    throw invalid("templateId", "is not a template of this website");
  }
}

/** Stages a message to one person, with its mail. It is sent after the commit; `GET` says what became of it. */
export async function sendMessage(ctx: Ctx, siteId: string, body: SendMessage): Promise<MessageRow> {
  const { channel, to, templateId = null, variables } = body;
  const { subject, text, html } = filledIn(await textsOf(ctx, siteId, body), variables);
  const refused = await suppressionOf(ctx.db, { siteId, address: to });
  const columns = () => {
    const own = { channel, to, subject, templateId, attempts: 0 };
    if (refused !== null && refused !== "unsubscribe") {
      return { ...own, status: "suppressed", reason: refused, mailId: null, finishedAt: ctx.now };
    }
    const mail = stageMail(ctx, { kind: "message", siteId, to, subject, text, ...(html !== null && { html }) });
    const finishedAt = mail.status === "queued" ? null : ctx.now;
    return { ...own, status: mail.status, reason: mail.reason, mailId: mail.id, finishedAt };
  };
  const written = { ...MESSAGES, create: { columns }, show: shownBy(MessageSchema) } as unknown;
  return (await createItem(ctx, written as Written<typeof messages>, { siteId, body })) as MessageRow;
}
