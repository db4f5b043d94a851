import { DomainError } from "../errors.ts";
import { type Endpoint, isWrite } from "./endpoint.ts";

/** The methods a path answers to, as `Allow` lists them. */
export function allowedMethods(endpoints: readonly Endpoint[]): string[] {
  const methods = endpoints.flatMap((it) => (isWrite(it) ? [it.method.toUpperCase()] : ["GET", "HEAD"]));
  return [...methods, "OPTIONS"];
}

/** 405 of a path that answers to other methods. */
export const methodNotAllowed = (method: string, allow: string[]): DomainError =>
  new DomainError("method_not_allowed", `${method} is not supported here. Use ${allow.join(", ")}.`, { allow });

/** 404 of a path that leads nowhere. */
export const noSuchEndpoint = ({ method, url }: Request): DomainError =>
  new DomainError("not_found", `There is no ${method} ${new URL(url).pathname.slice(0, 200)}.`);
