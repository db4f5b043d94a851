import { MAIL_STATUSES } from "../../../mail/table.ts";
import { byStatus } from "../../resource/declaration.ts";
import { siteResource } from "../../resource/resource.ts";
import { MAIL } from "../mail.ts";
import { ListMessagesQuery, MessageSchema } from "./contract.ts";
import { messages } from "./table.ts";

const SAMPLE = {
  channel: "email" as const,
  to: "ada@example.com",
  subject: "Your table is ready, Ada",
  templateId: null,
  status: "queued" as const,
  reason: null,
  attempts: 0,
  finishedAt: null,
};

const ENDED = { attempts: 1, finishedAt: "2026-01-15T10:30:00.000Z", version: 2 };
const SENT = { ...ENDED, status: "sent" as const };

/** Single messages to one person each, which keys of access type `transactional` send. */
export const MESSAGES = siteResource({
  ...MAIL,
  name: "message",
  label: "Message",
  path: "/messages",
  idPrefix: "msg",
  table: messages,
  schema: MessageSchema,
  personal: ["to", "subject"],
  events: {
    sample: SAMPLE,
    verbs: { created: {}, updated: SENT },
    turns: {
      sent: { sample: SENT, isNow: ({ status }) => status === "sent" },
      failed: {
        sample: { ...ENDED, status: "failed", reason: "refused" },
        isNow: ({ status }) => status === "failed",
      },
    },
  },
  list: {
    query: ListMessagesQuery,
    orders: { createdAt: messages.createdAt, updatedAt: messages.updatedAt },
    state: byStatus(messages.status, MAIL_STATUSES),
    search: [messages.to],
  },
  archived: false,
});
