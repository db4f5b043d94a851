/** What subscriptions and campaigns have in common. There is no scope that only reads them (document 001). */
export const PUSH = {
  tag: "Push",
  scopes: { read: "push:write", write: "push:write" },
  integrations: true,
} as const;
