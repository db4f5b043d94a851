import { unavailable } from "./errors.ts";

/**
 * Calls a Durable Object, or anything else that may not answer. One more try with a new stub when the platform says a
 * retry may help (docs/platform.md); after that the answer is 503: an object that cannot be reached never lets anybody in.
 */
export async function callObject<T>(call: () => PromiseLike<unknown>): Promise<T> {
  try {
    return (await call()) as T;
  } catch (error) {
    const { retryable, overloaded } = error as { retryable?: boolean; overloaded?: boolean };
    if (!retryable || overloaded) throw Object.assign(unavailable(), { cause: error });
  }
  try {
    return (await call()) as T;
  } catch (error) {
    throw Object.assign(unavailable(), { cause: error });
  }
}
