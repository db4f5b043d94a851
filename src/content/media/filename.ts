import { invalid } from "../../core/errors.ts";
import { type ContentType, isText, typeOf, typeOfExtension } from "./types.ts";

/** The ending of a name in lower case; `""` for a name without one. */
const extensionOf = (filename: string): string => /\.([a-z0-9]{1,10})$/i.exec(filename)?.[1]?.toLowerCase() ?? "";

/**
 * A file's name with an ending of its type. A name that ends like another type is refused: who downloads the file goes by
 * its name. Endings that stand for nothing we know get the usual one behind them; what divides folders becomes a hyphen.
 */
export function nameFor(given: string, contentType: ContentType): string {
  const filename = given.replace(/[/\\]/g, "-");
  const extension = extensionOf(filename);
  const { extensions } = typeOf(contentType);
  if ((extensions as readonly string[]).includes(extension)) return filename;
  const other = typeOfExtension(extension);
  if (other && !(isText(other) && isText(contentType))) {
    throw invalid("filename", `ends in .${extension}, but the file is ${contentType}`);
  }
  return `${filename}.${extensions[0]}`;
}

/** Where a file is served, on every host of ours. What stands behind the id is for people: the id alone decides. */
export const urlOf = (id: string, filename: string): string => `/media/${id}/${encodeURIComponent(filename)}`;
