import { streamNames } from '../services/logNames.ts';

/** Stream names that Kinesis does not take: https://docs.aws.amazon.com/kinesis/latest/APIReference/API_CreateStream.html */
export const nameProblems = streamNames(
  (name) => /^[a-zA-Z0-9_.-]{1,128}$/.test(name),
  'more than 128 of them',
);
