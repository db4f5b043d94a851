import { z } from "@hono/zod-openapi";
import type { Endpoint } from "../../core/http/endpoint.ts";
import { contentEndpoint } from "../define.ts";
import { TimestampSchema, timestamp, timestampOrNull } from "../../core/fields.ts";
import { checkInDetail, checkServices, VERSION } from "./service.ts";

const StatusSchema = z.enum(["operational", "degraded"]);

const HealthSchema = z
  .object({
    status: StatusSchema,
    version: z.string(),
    timestamp: TimestampSchema,
    services: z.record(z.string(), StatusSchema),
  })
  .openapi("Health");

const DetailedHealthSchema = HealthSchema.extend({
  latency: z.record(z.string(), z.number()).meta({ description: "Milliseconds this check took, by service" }),
  uptime: z.record(z.string(), z.number()).meta({ description: "Percent of the last 30 days' checks that passed" }),
  limiter: z.literal("active").meta({ description: "Limits hold or calls are refused: there is no third state" }),
  queues: z
    .record(z.string(), z.object({ messages: z.int(), oldestAt: TimestampSchema.nullable() }).nullable())
    .meta({ description: "Messages that wait in each queue; null when the platform does not tell" }),
  work: z
    .object({
      webhooks: z.object({
        due: z.int().meta({ description: "Deliveries whose time has come, counted to 10,000" }),
        oldestDueAt: TimestampSchema.nullable(),
      }),
      cron: z.object({ lastRunAt: TimestampSchema.nullable() }),
    })
    .nullable()
    .register(z.globalRegistry, { description: "Work in the background; null when it cannot be told" }),
}).openapi("DetailedHealth");

const also = [{ status: 503, description: "A service does not answer; the body names it" }];

export const healthRoutes: Endpoint[] = [
  contentEndpoint({
    method: "get",
    path: "/health",
    operationId: "getHealth",
    tag: "Health",
    summary: "Is the API up?",
    scope: "public",
    success: { status: 200, description: "Every service answers", data: HealthSchema, also },
    handle: async ({ ctx }) => {
      const { status, services } = await checkServices(ctx.env, ctx.now);
      const data = { status, version: VERSION, timestamp: timestamp(ctx.now), services };
      return { status: status === "operational" ? 200 : 503, data };
    },
  }),
  contentEndpoint({
    method: "get",
    path: "/health/detailed",
    operationId: "getDetailedHealth",
    tag: "Health",
    summary: "How fast does each part answer, and how reliable was it?",
    scope: null,
    success: { status: 200, description: "Every service answers", data: DetailedHealthSchema, also },
    handle: async ({ ctx }) => {
      const report = await checkInDetail(ctx.env, ctx.now);
      const queues = Object.fromEntries(
        Object.entries(report.queues).map(([name, it]) => [
          name,
          it && { ...it, oldestAt: timestampOrNull(it.oldestAt) },
        ]),
      );
      const work = report.work && {
        webhooks: { ...report.work.webhooks, oldestDueAt: timestampOrNull(report.work.webhooks.oldestDueAt) },
        cron: { lastRunAt: timestampOrNull(report.work.cron.lastRunAt) },
      };
      const limiter = "active" as const;
      const data = { ...report, limiter, queues, work, version: VERSION, timestamp: timestamp(ctx.now) };
      return { status: report.status === "operational" ? 200 : 503, data };
    },
  }),
];
