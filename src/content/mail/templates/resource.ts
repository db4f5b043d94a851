import { conflict } from "../../../core/errors.ts";
import { siteResource } from "../../resource/resource.ts";
import { MAIL } from "../mail.ts";
import { ListTemplatesQuery, TemplateBodies, TemplateSchema } from "./contract.ts";
import { messageTemplates } from "./table.ts";
import { requireWellFormed, variablesIn } from "./variables.ts";

/** Texts of messages, to be filled in for each. */
export const MESSAGE_TEMPLATES = siteResource({
  ...MAIL,
  name: "message_template",
  label: "MessageTemplate",
  called: "Message template",
  words: { one: "message template", many: "message templates" },
  path: "/message-templates",
  idPrefix: "mtpl",
  table: messageTemplates,
  schema: TemplateSchema,
  list: {
    query: ListTemplatesQuery,
    orders: {
      createdAt: messageTemplates.createdAt,
      updatedAt: messageTemplates.updatedAt,
      name: messageTemplates.name,
    },
    search: [messageTemplates.name, messageTemplates.subject],
  },
  create: {
    schema: TemplateBodies.create,
    errors: ["conflict"],
    columns: ({ body }) => {
      const filled = TemplateBodies.fill(body);
      return { ...filled, variables: variablesIn(filled) };
    },
    example: (_, nth) => ({ name: `Table ready ${nth}` }),
  },
  update: {
    schema: TemplateBodies.update,
    errors: ["conflict"],
    columns: ({ before, changes }) => ({ ...changes, variables: variablesIn({ ...before, ...changes }) }),
  },
  check: ({ ctx, row }) => {
    requireWellFormed(row);
    const error = conflict("name", "There is a template of this name already.");
    ctx.unit.onDuplicate([messageTemplates.siteId, messageTemplates.name], error);
  },
  remove: {},
  versions: true,
  archived: {},
});
