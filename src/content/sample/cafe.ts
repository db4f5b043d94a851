import type { ReservationSettings } from "../reservation/settings/settings.ts";

/** How the bakery's café takes reservations: breakfast and lunch, a late breakfast at weekends. */
export const SAMPLE_RESERVATION_SETTINGS: ReservationSettings = {
  services: [
    { name: "Breakfast", weekdays: [1, 2, 3, 4, 5], from: "08:00", until: "10:30" },
    { name: "Lunch", weekdays: [1, 2, 3, 4, 5], from: "12:00", until: "14:30" },
    { name: "Late breakfast", weekdays: [6, 7], from: "09:00", until: "12:30" },
  ],
  exceptions: [],
  slotIntervalMinutes: 30,
  durationMinutes: 90,
  durations: [{ partySize: 5, minutes: 120 }],
  walkInBuffer: { unit: "tables", amount: 1 },
  noShowMinutes: 20,
  noticeMinutes: 30,
  horizonDays: 60,
  maxPartySize: null,
  autoConfirm: true,
  confirmByEmail: false,
  confirmMinutes: 30,
  cancelUntilHours: 2,
  notifyEmail: null,
};

/** The tables of the bakery's café. */
export const SAMPLE_TABLES = [
  { name: "Window 1", capacity: 2, area: "Inside", place: 1 },
  { name: "Window 2", capacity: 2, area: "Inside", place: 2 },
  { name: "By the oven", capacity: 4, area: "Inside", place: 3 },
  { name: "Under the lime tree", capacity: 4, area: "Terrace", place: 4 },
  { name: "Long table", capacity: 8, minParty: 5, area: "Inside", place: 5 },
];
