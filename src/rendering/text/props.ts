import { Album, type Found } from "../album.ts";
import type { Properties } from "../catalogue/properties.ts";
import { Notes } from "../notes.ts";
import { safeAddress } from "./address.ts";

/**
 * What is stored of a block or an entry of it: free-form, so that every property is checked when it is read. What nobody
 * has read in the end is not shown, and told.
 */
export interface Props {
  values: Readonly<Record<string, unknown>>;
  /** What it may have: a property is asked for by its own name, and found by its others as well. */
  declared: Properties;
  /** Where it lies in the document. */
  path: string;
  notes: Notes;
  album: Album;
  read: Set<string>;
  entries: Props[];
}

export const propsOf = (
  values: Props["values"],
  path = "",
  notes = new Notes(),
  album = new Album(new Map(), notes),
  declared: Properties = {},
): Props => ({
  values,
  declared,
  path,
  notes,
  album,
  read: new Set(),
  entries: [],
});

const isRecord = (value: unknown): value is Props["values"] =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const pathOf = ({ path }: Props, name: string): string => (path === "" ? name : `${path}.${name}`);

/** The names a property may have been given. */
const namesOf = ({ declared }: Props, name: string): readonly string[] => [name, ...(declared[name]?.also ?? [])];

/** The first name of a property that holds a text, and that; numbers count as text. */
function found(props: Props, property: string): { name: string; text: string } | null {
  for (const name of namesOf(props, property)) {
    const value = props.values[name];
    if (typeof value !== "string" && typeof value !== "number") continue;
    props.read.add(name);
    if (String(value).trim() !== "") return { name, text: String(value) };
  }
  return null;
}

/** A text property, whatever was stored under its name; `""` for what is none. */
export const textOf = (props: Props, name: string): string => found(props, name)?.text ?? "";

/** A text property with the place it lies at. */
export const placedText = (props: Props, name: string): { text: string; path: string } | null => {
  const it = found(props, name);
  return it && { text: it.text, path: pathOf(props, it.name) };
};

export const numberOf = (props: Props, name: string): number | null => {
  const value = props.values[name];
  if (typeof value !== "number" || !Number.isFinite(value)) return null;
  props.read.add(name);
  return value;
};

/** Whether a property says yes; `null` where it says nothing. */
export const flagOf = (props: Props, name: string): boolean | null => {
  const value = props.values[name];
  if (typeof value !== "boolean") return null;
  props.read.add(name);
  return value;
};

/** The entries of a list property that are objects. */
export const itemsOf = (props: Props, property: string): Props[] => {
  const name = namesOf(props, property).find((it) => Array.isArray(props.values[it]));
  if (name === undefined) return [];
  props.read.add(name);
  const items = (props.values[name] as unknown[]).flatMap((value, index) => {
    const path = `${pathOf(props, name)}[${index}]`;
    if (isRecord(value)) return [propsOf(value, path, props.notes, props.album, props.declared[property]?.of)];
    if (isSaid(value)) props.notes.add("unused_property", path, typeof value);
    return [];
  });
  props.entries.push(...items);
  return items;
};

/** The entries of a list property that are texts. */
export const textsOf = (props: Props, name: string): string[] => {
  const list = props.values[name];
  if (!Array.isArray(list)) return [];
  props.read.add(name);
  return list.filter((it): it is string => typeof it === "string");
};

/** An address a link may have; `null` for anything else, which is told. */
export function linkOf(props: Props, name: string): string | null {
  const it = found(props, name);
  if (!it) return null;
  const address = safeAddress(it.text);
  const path = pathOf(props, it.name);
  if ("refused" in address) {
    props.notes.add(address.refused, path, it.text);
    return null;
  }
  props.notes.link(path, address.href);
  return address.href;
}

/** The picture whose address a property holds; `null` where there is none to be shown. */
export function pictureOf(props: Props, name: string): Found | null {
  const it = found(props, name);
  return it && props.album.find(pathOf(props, it.name), it.text);
}

/** What is read and then not shown after all: it counts as not read. */
export const unread = (props: Props, property: string): void => {
  for (const name of namesOf(props, property)) props.read.delete(name);
};

/** Whether a value says anything that could be missed. */
export const isSaid = (value: unknown): boolean => {
  if (value === null || value === undefined || value === false) return false;
  if (typeof value === "string") return value.trim() !== "";
  return typeof value !== "object" || Object.values(value).some(isSaid);
};

/** Notes what of a block and its entries was not read once it is rendered. */
export function noteUnread(props: Props): void {
  for (const [name, value] of Object.entries(props.values)) {
    if (!props.read.has(name) && isSaid(value)) props.notes.add("unused_property", pathOf(props, name), name);
  }
  for (const entry of props.entries) noteUnread(entry);
}
