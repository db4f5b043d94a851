import type { Readable } from "../../core/keys/reader.ts";

/** Who may read members, also where something else includes them. */
export const MEMBERS: Readable = {
  scope: "users:read",
  integrations: true,
  readAt: ["/api/v1/users", "/api/v1/users/{userId}"],
};
