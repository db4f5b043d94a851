/** What forms and their submissions have in common. */
export const FORMS_KIND = {
  tag: "Forms",
  scopes: { read: "forms:read", write: "forms:write" },
  integrations: true,
} as const;
