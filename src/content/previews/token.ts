import { sha256 } from "../../core/sha256.ts";
import { toBase64Url } from "../../core/vault.ts";

/** Bytes of a link's secret: as many as no signature could be surer of. */
const SECRET_BYTES = 32;
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** Where previews lie on our hosts. */
export const PREVIEW_PATH = "/preview";

/** The secret part of a new link: 256 random bits in base64url (RFC 4648 §5). */
export const newToken = (): string => toBase64Url(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)));

/** Whether a text can be the secret of a link at all: what cannot costs no query. */
export const isPossibleToken = (text: string): boolean => TOKEN.test(text);

/** What of a secret is stored. It carries 256 random bits, so a slow hash would add nothing. */
export const hashToken = (token: string): Promise<string> => sha256(token);
