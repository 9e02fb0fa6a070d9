/**
 * Added to the diagonal of kinks, as a share of it: kinks of one unit may depend on each other, as
 * those of examples given twice or on one line. Then any split of their weights does, and this keeps
 * the one there is.
 */
export const KINK_RIDGE = 1e-9;
