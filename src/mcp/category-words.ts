/** What the fields of a category are, for models. */
export const CATEGORY_WORDS = {
  name: "What it is called; products name it so in their category",
  slug: "Last part of its address: lower-case letters, digits and single hyphens; made from the name when left out",
  description: "What customers read about it",
  image: "Address of a picture of it; search_media and import_media give them",
  order: "Its place among the others: the lowest comes first",
  translations: 'Its texts in other languages, by language tag: {"nl": {"name": "Brood"}}',
};
