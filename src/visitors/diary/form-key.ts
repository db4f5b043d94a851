import { toBase64Url } from "../../core/vault.ts";

const KEY_BYTES = 16;
const KEY = /^[A-Za-z0-9_-]{22}$/;

/** Names what a form will become: one form makes one booking, however often it is sent. */
export const newFormKey = (): string => toBase64Url(crypto.getRandomValues(new Uint8Array(KEY_BYTES)));

/** The key of a form, which anybody may have written; a new one for what is none. Keys of callers of the API begin otherwise. */
export const formKeyIn = (text: string): string => (KEY.test(text) ? text : newFormKey());

/** The key by which it is kept. */
export const storedKey = (key: string): string => `form:${key}`;
