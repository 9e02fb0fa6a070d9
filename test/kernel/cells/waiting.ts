/** Cases that the compiler of cells does not bear out yet; those that it does are deleted from here. */
export const WAITING: ReadonlySet<string> = new Set<string>([]);
