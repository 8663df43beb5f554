/** Names of the packages that every workspace has. */
export const packageNames = (scope: string) => ({
  contracts: `@${scope}/contracts`,
  messaging: `@${scope}/messaging`,
});
