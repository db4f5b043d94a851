import { sha256 } from "../../core/sha256.ts";

/** What a visitor has asked for under a key, as it is kept: whoever asks for something else under the same key is told so. */
export const askedHash = async (body: object): Promise<string> => (await sha256(JSON.stringify(body))).slice(0, 40);
