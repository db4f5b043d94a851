/** What templates and messages have in common; there is no scope that only reads them (document 001). */
export const MAIL = {
  tag: "Mail",
  scopes: { read: "push:write", write: "push:write" },
  integrations: true,
} as const;
