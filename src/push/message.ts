/** What a notification says: the service worker of published sites reads it. */
export interface PushMessage {
  title: string;
  body: string;
  /** Where a click leads; the start of the site without it. */
  url?: string | null;
  icon?: string | null;
}

export const URGENCIES = ["very-low", "low", "normal", "high"] as const;
export type Urgency = (typeof URGENCIES)[number];

/** How a push service is to treat a message (RFC 8030 §5). */
export interface PushOptions {
  /** How long it is kept for a browser that is off; 0 to 2,419,200 (four weeks). */
  ttlSeconds: number;
  urgency: Urgency;
  /** Replaces a message of the same topic that is not delivered yet: at most 32 characters of base64url. */
  topic: string | null;
}

/** Bytes a message may have as JSON: push services take 4,096 with the encryption around it (RFC 8291 §4). */
export const MAX_MESSAGE_BYTES = 3_000;

const encoder = new TextEncoder();

/** A message as it is encrypted. */
export const bytesOf = (message: PushMessage): Uint8Array<ArrayBuffer> =>
  encoder.encode(JSON.stringify(message)) as Uint8Array<ArrayBuffer>;

/** Whether push services take a message. */
export const fits = (message: PushMessage): boolean => bytesOf(message).length <= MAX_MESSAGE_BYTES;
