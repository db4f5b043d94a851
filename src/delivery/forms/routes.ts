import { z } from "@hono/zod-openapi";
import { AnswersSchema } from "../../content/forms/submissions/contract.ts";
import { TimestampSchema } from "../../core/fields.ts";
import { defineEndpoint, type Endpoint } from "../../core/http/endpoint.ts";
import { idempotencyKeyOf } from "../../core/http/idempotency.ts";
import { submitByProgram } from "./submit.ts";
import { pathParams } from "../../core/http/path-params.ts";

const SubmitFormSchema = z
  .strictObject({
    data: AnswersSchema.meta({
      description:
        "Answers by the names of the form's fields: a number for a number, true or false for a box, a list for several",
    }),
  })
  .openapi("SubmitForm", {
    example: { data: { name: "Ada Baker", email: "ada@example.com", message: "Do you bake without nuts?" } },
  });

const ReceivedSchema = z
  .object({
    id: z.string().meta({ example: "fsub_01KAGW6PSZ0000000000000000" }),
    formId: z.string(),
    createdAt: TimestampSchema,
  })
  .openapi("ReceivedSubmission", { description: "What a visitor is told of what he has sent" });

/** What a website with forms of its own needs of ours. Its visitors have no key, and are counted by address. */
export const formRoutes: Endpoint[] = [
  defineEndpoint({
    method: "post",
    path: "/forms/{formId}/submissions",
    operationId: "submitForm",
    tag: "Forms",
    summary: "Send a form",
    description:
      "Of a form that is published. Fields it has not are refused by name, and files are not taken: those are sent by the form of the page. Of all calls with one `Idempotency-Key` one is kept and the others answer it; other answers under the same key are refused. 10 calls at once from one address, then 1 in 6 seconds.",
    scope: "public",
    ipLimit: "form_submission",
    byItself: true,
    cors: true,
    params: pathParams("formId"),
    body: SubmitFormSchema,
    success: {
      status: 201,
      description: "It has arrived",
      data: ReceivedSchema,
      also: [{ status: 200, description: "It had arrived already" }],
    },
    errors: ["not_found", "idempotency_mismatch"],
    handle: async ({ ctx, input: { params, body }, request }) =>
      submitByProgram(ctx, { formId: params.formId, data: body.data, key: idempotencyKeyOf(request) }),
  }),
];
