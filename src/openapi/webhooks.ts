import { allEvents } from "../core/events/catalogue.ts";
import { nounOf } from "../core/events/define.ts";
import { instant } from "../core/instant.ts";

/** `api_key` is the noun of the schema `ApiKey`, `delivery` that of `WebhookDelivery`. */
const schemaOf = (noun: string): string => noun.replace(/(?:^|_)([a-z])/g, (_, first: string) => first.toUpperCase());

/** What other nouns are about. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  service: "BookingService",
  staff: "StaffMember",
  form: "Submission",
  push: "Campaign",
  member: "LoyaltyMember",
  loyalty: "LoyaltyEntry",
};

/** The shape of what is no resource of its own, as its sample shows it. */
function shapeOf(sample: unknown): object {
  if (Array.isArray(sample)) return { type: "array", items: sample.length > 0 ? shapeOf(sample[0]) : {} };
  if (typeof sample !== "object") return { type: typeof sample };
  if (sample === null) return {};
  const properties = Object.fromEntries(Object.entries(sample).map(([name, value]) => [name, shapeOf(value)]));
  return { type: "object", properties };
}

/** Whether a schema has every field of the sample: then it is of the same thing. */
const shows = (schema: unknown, sample: unknown): boolean => {
  const { properties = {} } = (schema ?? {}) as { properties?: object };
  return Object.keys(sample as object).every((name) => name in properties);
};

const SENT_AT = Date.UTC(2026, 4, 26, 12);

/** What is posted to webhooks, by event: the resource as its own GET answers it, in an envelope (Standard Webhooks). */
export function webhooksOf(schemas: Record<string, unknown>): Record<string, object> {
  const entries = allEvents().map(({ type, scope, sample }) => {
    const noun = schemaOf(nounOf(type));
    const names = [noun, `Webhook${noun}`, OTHER_NAMES[nounOf(type)]];
    const name = names.find((it) => it !== undefined && shows(schemas[it], sample));
    const data = name ? { $ref: `#/components/schemas/${name}` } : shapeOf(sample);
    const schema = {
      type: "object",
      required: ["id", "type", "created_at", "workspace_id", "environment", "data"],
      properties: {
        id: { type: "string", description: "The same each time the event is sent" },
        type: { type: "string", const: type },
        created_at: { type: "string", format: "date-time" },
        workspace_id: { type: "integer", format: "int64" },
        site_id: { type: ["string", "null"] },
        environment: { type: "string", enum: ["live", "sandbox"] },
        data,
      },
    };
    const example = {
      id: "evt_01KAGW6PSZ0000000000000000",
      type,
      created_at: instant(SENT_AT),
      workspace_id: 1,
      environment: "live",
      data: sample,
    };
    const operation = {
      operationId: `on${schemaOf(type.replace(".", "_"))}`,
      tags: ["Webhooks"],
      summary: `Sent on ${type}`,
      description: `Heard by keys that hold \`${scope}\`. Signed as Standard Webhooks has it.`,
      security: [],
      requestBody: { required: true, content: { "application/json": { schema, example } } },
      responses: {
        "2XX": { description: "Received; anything else is tried again" },
        "4XX": { description: "Tried again; 410 switches the endpoint off" },
      },
    };
    return [type, { post: operation }] as const;
  });
  return Object.fromEntries(entries);
}
