import type { Out } from '../../../core/contract/ipc.ts';

/** Generates a workspace from the text of a design into a folder. */
export interface GenerateEngine {
  /** `sourceFolder` is where the design's relative references lead; null for a design never saved. */
  run(job: {
    readonly text: string;
    readonly sourceName: string;
    readonly sourceFolder: string | null;
    readonly folder: string;
    /** False: report what would change and write nothing. */
    readonly write: boolean;
  }): Promise<Out<'generate.write'>>;
}

export const engine: GenerateEngine = {
  run: async () => ({
    status: 'failed',
    code: 'LOOM_GENERATE_MISSING',
    reason: 'This build has no generator.',
  }),
};
