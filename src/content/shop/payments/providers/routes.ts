import type { z } from "@hono/zod-openapi";
import { defineEndpoint, type Endpoint } from "../../../../core/http/endpoint.ts";
import { contentEndpoint } from "../../../define.ts";
import { created, versioned } from "../../../replies.ts";
import { SHOP } from "../../shop.ts";
import { CallbackSchema, ReceivedSchema } from "../contract.ts";
import { receiveCallback } from "./callback.ts";
import {
  NewPaymentProviderSchema,
  PaymentProviderBodies,
  PaymentProviderSchema,
  RotateProviderSchema,
} from "./contract.ts";
import { createProvider, endPreviousProviderSecret, rotateProviderSecret } from "./service.ts";
import { pathParams } from "../../../../core/http/path-params.ts";

const { tag, integrations, scopes } = SHOP;
const ALL = "/sites/{siteId}/shop/payment-providers";
const ONE = `${ALL}/{paymentProviderId}`;
const SiteParams = pathParams("siteId");
const Params = pathParams("siteId", "paymentProviderId");

const named = ({ siteId, paymentProviderId: id }: z.output<typeof Params>) => ({ siteId, id });

export const paymentProviderRoutes: Endpoint[] = [
  contentEndpoint({
    method: "post",
    path: ALL,
    operationId: "createPaymentProvider",
    tag,
    summary: "Create a payment provider",
    description: "The secret its messages are signed by is returned once, here.",
    integrations,
    scope: scopes.write,
    params: SiteParams,
    body: PaymentProviderBodies.create,
    success: { status: 201, description: "The new payment provider with its secret", data: NewPaymentProviderSchema },
    handle: async ({ ctx, input: { params, body } }) => {
      const { siteId } = params;
      return created(
        `/v1/sites/${siteId}/shop/payment-providers`,
        await createProvider({ ctx, input: { siteId, body } }),
      );
    },
  }),
  contentEndpoint({
    method: "post",
    path: `${ONE}/rotate-secret`,
    operationId: "rotatePaymentProviderSecret",
    tag,
    summary: "Replace a payment provider's secret",
    description: "Returned once, here. For 24 hours, or `gracePeriodHours`, messages may be signed by either.",
    integrations,
    scope: scopes.write,
    params: Params,
    body: RotateProviderSchema,
    bodyOptional: true,
    success: { status: 200, description: "The payment provider with its new secret", data: NewPaymentProviderSchema },
    handle: async ({ ctx, input: { params, body } }) => {
      const { secret, gracePeriodHours: graceHours } = body;
      return { data: await rotateProviderSecret({ ctx, input: { ...named(params), secret, graceHours } }) };
    },
  }),
  contentEndpoint({
    method: "post",
    path: `${ONE}/end-previous-secret`,
    operationId: "endPreviousPaymentProviderSecret",
    tag,
    summary: "End a payment provider's former secret at once",
    integrations,
    scope: scopes.write,
    params: Params,
    success: { status: 200, description: "The payment provider", data: PaymentProviderSchema },
    handle: async ({ ctx, input: { params } }) =>
      versioned(await endPreviousProviderSecret({ ctx, input: named(params) })),
  }),
  defineEndpoint({
    method: "post",
    path: `${ONE}/callback`,
    operationId: "receivePayment",
    tag,
    summary: "Tell of a payment",
    description:
      "Called by a payment provider or an automation, without an API key: the message is signed by the provider's secret as [Standard Webhooks](https://www.standardwebhooks.com) has it, no more than five minutes ago. What is told is recorded once, however often it is told, and pays the order if it is what is due.",
    scope: "public",
    params: Params,
    streams: true,
    describedBody: CallbackSchema,
    byItself: true,
    errors: ["bad_request", "conflict"],
    success: { status: 200, description: "What became of it", data: ReceivedSchema },
    handle: async ({ ctx, input: { params }, request }) => {
      const { id: paymentId, outcome, unappliedReason } = await receiveCallback({ ctx, input: named(params), request });
      return { data: { paymentId, outcome, unappliedReason } };
    },
  }),
];
