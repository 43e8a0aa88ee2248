import type { Folds } from "../../shared/live/frames";

export const folds = {} satisfies Folds;
