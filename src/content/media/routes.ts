import { z } from "@hono/zod-openapi";
import type { Endpoint } from "../../core/http/endpoint.ts";
import { contentEndpoint } from "../define.ts";
import { created } from "../replies.ts";
import {
  ImportMediaSchema,
  MAX_FORM_BYTES,
  MediaSchema,
  SearchMediaQuery,
  UploadFormSchema,
  UploadSchema,
  UploadUrlSchema,
  UseSchema,
} from "./contract.ts";
import { MEDIA } from "./resource.ts";
import { addMedia } from "./service/add.ts";
import { cleanName, importMedia } from "./service/import.ts";
import { removeMedia } from "./service/remove.ts";
import { createUpload, receiveUpload } from "./service/upload.ts";
import { mediaUsesOf } from "./service/uses.ts";
import { bareType } from "./types.ts";
import { pathParams } from "../../core/http/path-params.ts";

const PATH = "/sites/{siteId}/media";
const SiteParams = pathParams("siteId");
const MediaParams = pathParams("siteId", "mediaId");
const common = { tag: "Media", integrations: true };
const write = { ...common, scope: "media:write" as const };
const atCollection = (siteId: string): string => `/v1/sites/${siteId}/media`;

const ForceQuery = z.strictObject({
  force: z
    .enum(["true", "false"], "must be true or false")
    .default("false")
    .register(z.globalRegistry, { description: "Deletes it although it is used" }),
});

/** What can be done with files besides what every resource can. */
export const mediaRoutes: Endpoint[] = [
  contentEndpoint({
    ...common,
    method: "get",
    path: `${PATH}/search`,
    operationId: "searchMedia",
    summary: "Search media files",
    scope: "media:read",
    params: SiteParams,
    query: SearchMediaQuery,
    success: { status: 200, description: "A page of media files", data: MediaSchema, list: true },
    handle: async ({ ctx, input: { params, query } }) => {
      const { q, ...rest } = query;
      return { page: await MEDIA.verbs.list({ ctx, input: { ...params, query: { ...rest, search: q } } }) };
    },
  }),
  contentEndpoint({
    ...write,
    method: "post",
    path: PATH,
    operationId: "uploadMedia",
    summary: "Upload a file as a form",
    description:
      "For files of up to 10 MB with their form; larger ones go to a signed address. What a file is, its bytes say: one that was declared otherwise is refused.",
    params: SiteParams,
    form: { fields: UploadFormSchema, maxBytes: MAX_FORM_BYTES },
    success: { status: 201, description: "The new media file", data: MediaSchema },
    handle: async ({ ctx, input: { params, body } }) => {
      const { file, filename = cleanName(file.name) || "file", ...said } = body;
      const declared = bareType(file.type || "application/octet-stream");
      const sent = { body: file.stream(), size: file.size, declared, field: "file" };
      return created(
        atCollection(params.siteId),
        await addMedia({ ctx, input: { ...params, filename, ...said, ...sent } }),
      );
    },
  }),
  contentEndpoint({
    ...write,
    method: "post",
    path: `${PATH}/upload-url`,
    operationId: "createMediaUpload",
    summary: "Get a signed address for an upload",
    description:
      "The bytes go there by PUT without a key, within a quarter of an hour, once. Their number and type must be those given here.",
    params: SiteParams,
    body: UploadUrlSchema,
    success: { status: 200, description: "Where the bytes go", data: UploadSchema },
    handle: async ({ ctx, input: { params, body } }) => ({
      data: await createUpload({ ctx, input: { ...params, ...body } }),
    }),
  }),
  contentEndpoint({
    ...write,
    method: "post",
    path: `${PATH}/import`,
    operationId: "importMedia",
    summary: "Import a file from an address",
    description:
      "Fetches it from a public https address: up to 100 MB, or 10 MB where the answer does not say its length.",
    params: SiteParams,
    body: ImportMediaSchema,
    success: { status: 201, description: "The new media file", data: MediaSchema },
    handle: async ({ ctx, input: { params, body } }) =>
      created(atCollection(params.siteId), await importMedia({ ctx, input: { ...params, ...body } })),
  }),
  contentEndpoint({
    ...common,
    method: "get",
    path: `${PATH}/{mediaId}/uses`,
    operationId: "getMediaUses",
    summary: "Where a media file is used",
    description: "Pages, posts, products and site settings whose content names the file; the first hundred of them.",
    scope: "media:read",
    params: MediaParams,
    success: {
      status: 200,
      description: "What uses it",
      data: z.object({
        uses: z.array(UseSchema).meta({ description: "What uses it" }),
        hasMore: z.boolean().meta({ description: "Whether there are more of them" }),
      }),
    },
    handle: async ({ ctx, input: { params } }) => ({
      data: await mediaUsesOf({ ctx, input: { siteId: params.siteId, id: params.mediaId } }),
    }),
  }),
  contentEndpoint({
    ...write,
    method: "delete",
    path: `${PATH}/{mediaId}`,
    operationId: "deleteMedia",
    summary: "Delete a media file",
    description: "A file that is used is kept, and 409 names what uses it, unless `force` is `true`.",
    params: MediaParams,
    query: ForceQuery,
    etag: true,
    success: { status: 204, description: "The media file is deleted" },
    handle: async ({ ctx, input: { params, query, expectedVersions } }) => {
      const force = query.force === "true";
      await removeMedia({ ctx, input: { siteId: params.siteId, id: params.mediaId, force, expectedVersions } });
      return {};
    },
  }),
  contentEndpoint({
    tag: "Media",
    integrations: false,
    scope: "public",
    method: "put",
    path: "/uploads/{uploadId}",
    operationId: "putUpload",
    summary: "Send the bytes of an upload",
    description:
      "At the address and with the headers that `upload-url` has given. Takes what was announced and nothing else; an upload that breaks off leaves nothing, and may be sent again until the address expires.",
    params: pathParams("uploadId"),
    query: z.strictObject({
      token: z
        .string()
        .min(1, "is not that of an upload")
        .max(1_000, "is not that of an upload")
        .meta({ description: "Signs the address: what may be sent there, and until when" }),
    }),
    streams: true,
    cors: true,
    errors: ["bad_request", "conflict"],
    success: { status: 200, description: "The new media file", data: MediaSchema },
    handle: async ({ ctx, input: { params, query }, request }) => {
      const file = await receiveUpload(ctx.env, params.uploadId, query.token, request);
      return created(atCollection(file.siteId), file);
    },
  }),
];
