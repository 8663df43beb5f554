import type { DocToken } from '../../../core/contract/ipc.ts';
import type { Problem } from '../../../core/result.ts';
import type { ReviewOptions } from '../../../core/review/review.ts';

/** What is known of the configuration of the review. */
export type ReviewConfig =
  | { readonly status: 'none' }
  /** The host cannot look for one. */
  | { readonly status: 'unsupported' }
  /** @param place The file, as the user knows it. */
  | { readonly status: 'applied'; readonly place: string }
  /** It cannot be read or means nothing; it has no effect until it is mended. */
  | {
      readonly status: 'broken';
      readonly place: string;
      readonly problems: readonly Pick<Problem, 'message' | 'hint' | 'at'>[];
    };

export interface ConfigSlice {
  readonly config: ReviewConfig;
  /** How the open document is reviewed. */
  readonly reviewOptions: ReviewOptions;
  /** Finds out how a document is to be reviewed; what is shown stays until the next review. */
  readConfig(doc: DocToken): Promise<void>;
  /** Reviews the open document again after its configuration has changed. */
  configChanged(doc: DocToken): Promise<void>;
}
