import type { Endpoint } from "../../core/http/endpoint.ts";
import { contentEndpoint } from "../define.ts";
import { SiteParams } from "../sites/contract.ts";
import { findSite } from "../sites/service.ts";
import { BatchAnswerSchema, BatchSchema } from "./contract.ts";
import { runBatch } from "./service.ts";

export const batchRoutes: Endpoint[] = [
  contentEndpoint({
    method: "post",
    path: "/sites/{siteId}/batch",
    operationId: "runBatch",
    tag: "Batch",
    summary: "Send several calls at once",
    description:
      "Up to 50 calls of `/v1`, carried out one after the other. Each is authorised, counted and limited as a call of its own, and fails alone. Repeated with its Idempotency-Key, a batch does nothing twice: what is done is answered again, what was denied or has failed for now is tried again. Batches and uploads cannot be operations.",
    scope: null,
    integrations: true,
    needsIdempotencyKey: true,
    byItself: true,
    params: SiteParams,
    body: BatchSchema,
    success: {
      status: 200,
      description: "Every operation has succeeded",
      data: BatchAnswerSchema,
      also: [{ status: 207, description: "Some operations have failed, or all of them" }],
    },
    handle: async ({ ctx, input, within }) => {
      const site = await findSite(ctx, input.params.siteId);
      const { answer, isFinal } = await runBatch(ctx, { siteId: site.id, ...input.body, within });
      return { status: answer.summary.failed > 0 ? 207 : 200, data: answer, isProvisional: !isFinal };
    },
  }),
];
