import type { Painting } from "./paint.ts";

/** A picture of a sample site. Its pages name it `demo:` and its name, before it has an address. */
export interface SamplePicture {
  name: string;
  alt: string;
  painting: Painting;
}

export const pictureNamed = (name: string): string => `demo:${name}`;

/** What is told of a sample site, with the addresses of its pictures in place of their names. */
export const withPictures = <Told>(told: Told, urls: ReadonlyMap<string, string>): Told =>
  JSON.parse(JSON.stringify(told).replace(/demo:([a-z]+)/g, (whole, name) => urls.get(name) ?? whole));
