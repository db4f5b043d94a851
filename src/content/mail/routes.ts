import type { Endpoint } from "../../core/http/endpoint.ts";
import { contentEndpoint } from "../define.ts";
import { shownBy } from "../resource/contract.ts";
import { findItem } from "../resource/find.ts";
import { MAIL } from "./mail.ts";
import { MessageSchema, SendMessageSchema } from "./messages/contract.ts";
import { requireTransactional, sendMessage } from "./messages/send.ts";
import { PreviewedSchema, PreviewTemplateSchema } from "./templates/contract.ts";
import { MESSAGE_TEMPLATES } from "./templates/resource.ts";
import type { TemplateRow } from "./templates/table.ts";
import { filledIn } from "./templates/variables.ts";
import { pathParams } from "../../core/http/path-params.ts";

const { tag, integrations, scopes } = MAIL;
const writing = { tag, integrations, scope: scopes.write };

/** What of messages and templates is no list, no item and no change of one. */
export const mailRoutes: Endpoint[] = [
  contentEndpoint({
    ...writing,
    integrations: false,
    method: "post",
    path: "/sites/{siteId}/messages",
    operationId: "sendMessage",
    summary: "Send a message to one person",
    description:
      "For keys of access type `transactional` only. It is sent after the answer, and tried again for two days; one of a sandbox is `suppressed`.",
    params: pathParams("siteId"),
    body: SendMessageSchema,
    success: { status: 202, description: "The message, on its way", data: MessageSchema, located: true },
    authorise: requireTransactional,
    handle: async ({ ctx, input: { params, body } }) => {
      const row = await sendMessage(ctx, params.siteId, body);
      const data = shownBy(MessageSchema)(row as never);
      return { data, headers: { Location: `/v1/sites/${row.siteId}/messages/${row.id}` } };
    },
  }),
  contentEndpoint({
    ...writing,
    method: "post",
    path: "/sites/{siteId}/message-templates/{messageTemplateId}/preview",
    operationId: "previewMessageTemplate",
    summary: "Fill in a message template",
    description: "What a message of it would say. Nothing is sent.",
    params: pathParams("siteId", "messageTemplateId"),
    body: PreviewTemplateSchema,
    success: { status: 200, description: "The texts, filled in", data: PreviewedSchema },
    handle: async ({ ctx, input: { params, body } }) => {
      const named = { siteId: params.siteId, id: params.messageTemplateId };
      const template = (await findItem(ctx, MESSAGE_TEMPLATES, named)) as TemplateRow;
      return { data: filledIn(template, body.variables) };
    },
  }),
];
