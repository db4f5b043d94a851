/** What services, staff, exceptions and appointments have in common. */
export const BOOKING = {
  tag: "Booking",
  scopes: { read: "booking:read", write: "booking:write" },
  integrations: true,
} as const;
