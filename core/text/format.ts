/** The newest format of design files that this version reads and writes. */
export const FORMAT = 1;
