import type { Endpoint } from "../../core/http/endpoint.ts";
import { contentEndpoint } from "../define.ts";
import { StartedJobSchema } from "../jobs/contract.ts";
import {
  AssistedSchema,
  AssistSchema,
  GeneratePageSchema,
  TranslatePageSchema,
  TranslationSchema,
} from "./contract.ts";
import { assistContent } from "./service/assist.ts";
import { generatePage } from "./service/generate.ts";
import { translatePage } from "./service/translate.ts";
import { pathParams } from "../../core/http/path-params.ts";

const shared = {
  method: "post",
  tag: "AI",
  scope: "ai:write",
  limitedBeyond: true,
  params: pathParams("siteId"),
} as const;

const LIMITS =
  "Twice a minute for each key. The tokens that the model has used count against the workspace's month; in the sandbox they do not.";

export const aiRoutes: Endpoint[] = [
  contentEndpoint({
    ...shared,
    path: "/sites/{siteId}/ai/generate",
    operationId: "generatePage",
    summary: "Write a draft of a page",
    description: `Goes on in the background: the job at \`Location\` tells how far it is, can be cancelled, and in the end names the draft. ${LIMITS}`,
    body: GeneratePageSchema,
    success: { status: 202, description: "The job has begun", data: StartedJobSchema, located: true },
    errors: ["feature_limit_reached", "conflict"],
    handle: async ({ ctx, input }) => {
      const { siteId } = input.params;
      const { jobId, status } = await generatePage({ ctx, input: { ...input.body, siteId } });
      return { data: { jobId, status }, headers: { Location: `/v1/sites/${siteId}/jobs/${jobId}` } };
    },
  }),
  contentEndpoint({
    ...shared,
    path: "/sites/{siteId}/ai/translate",
    operationId: "translatePage",
    summary: "Translate a page",
    description: `Saves a draft, linked by \`translationOf\`, with every text of blocks, SEO and menu translated; ids, addresses, code and structure stay byte for byte. At most 40,000 characters of text. ${LIMITS}`,
    body: TranslatePageSchema,
    success: { status: 201, description: "The translated draft", data: TranslationSchema },
    errors: ["feature_limit_reached", "conflict"],
    handle: async ({ ctx, input }) => {
      const { siteId } = input.params;
      const data = await translatePage({ ctx, input: { ...input.body, siteId } });
      return { data, headers: { Location: `/v1/sites/${siteId}/pages/${data.translatedPageId}` } };
    },
  }),
  contentEndpoint({
    ...shared,
    path: "/sites/{siteId}/ai/assist",
    operationId: "assistContent",
    summary: "Suggest other words for a text or a page",
    description: `Saves nothing: the answer proposes. ${LIMITS}`,
    body: AssistSchema,
    success: { status: 200, description: "What is proposed", data: AssistedSchema },
    errors: ["feature_limit_reached"],
    handle: async ({ ctx, input }) => ({
      data: await assistContent({ ctx, input: { ...input.body, siteId: input.params.siteId } }),
    }),
  }),
];
