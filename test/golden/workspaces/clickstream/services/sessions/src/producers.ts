/** This service sends nothing. */
export const producers = {};
