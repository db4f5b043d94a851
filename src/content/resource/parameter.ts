/** The parameter of paths that names an item of a resource: `productId`, `customBlockId` of a `custom_block`. */
export const parameterOf = (name: string): string =>
  `${name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())}Id`;
