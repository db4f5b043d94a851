/** What tables and reservations have in common. */
export const RESERVATION = {
  tag: "Reservations",
  scopes: { read: "booking:read", write: "booking:write" },
  integrations: true,
} as const;
