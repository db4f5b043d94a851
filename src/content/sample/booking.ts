import type { Week } from "../booking/settings/hours.ts";

const WORKDAYS: Week[number]["days"] = ["tuesday", "wednesday", "thursday", "friday"];

/** When the workshop takes bicycles: not on Mondays, with a break at noon, and on Saturdays until two. */
export const SAMPLE_HOURS: Week = [
  { days: WORKDAYS, opens: "08:30", closes: "12:30" },
  { days: WORKDAYS, opens: "13:30", closes: "18:00" },
  { days: ["saturday"], opens: "10:00", closes: "14:00" },
];

/** Who works there. Somebody with hours of their own comes when they say. */
export const SAMPLE_STAFF: { name: string; email: string; hours: Week | null }[] = [
  { name: "Grace Wheeler", email: "grace@spoke-and-chain.example", hours: null },
  { name: "Tom Sadler", email: "tom@spoke-and-chain.example", hours: null },
  {
    name: "Imani Rowe",
    email: "imani@spoke-and-chain.example",
    hours: [{ days: ["thursday", "friday", "saturday"], opens: "10:00", closes: "18:00" }],
  },
];

/** What can be booked; `staff` by name. Prices in pence. */
export const SAMPLE_SERVICES = [
  {
    name: "Basic service",
    description: "Brakes and gears set, chain cleaned, bolts checked.",
    ...{ durationMinutes: 60, bufferAfterMinutes: 15, slotIntervalMinutes: 30, price: 4_500, noticeMinutes: 120 },
    staff: ["Grace Wheeler", "Tom Sadler"],
  },
  {
    name: "Full service",
    description: "All of that, with bearings greased and wheels trued. Leave it with us for three hours.",
    ...{ durationMinutes: 180, bufferAfterMinutes: 15, slotIntervalMinutes: 60, price: 9_500, noticeMinutes: 720 },
    staff: ["Grace Wheeler", "Imani Rowe"],
  },
  {
    name: "Puncture, while you wait",
    description: "Two stands by the door, whoever is free.",
    ...{ durationMinutes: 30, bufferAfterMinutes: 0, slotIntervalMinutes: null, price: 1_200, noticeMinutes: 0 },
    capacity: 2,
    staff: null,
  },
  {
    name: "Mend it yourself: an evening course",
    description: "Six people, six stands, two hours, and what you have always wanted to know about derailleurs.",
    ...{ durationMinutes: 120, bufferAfterMinutes: 30, slotIntervalMinutes: null, price: 3_500, noticeMinutes: 1_440 },
    capacity: 6,
    staff: ["Imani Rowe"],
  },
] as const;
