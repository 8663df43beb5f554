import type { SnsPlan } from './plan.ts';

/** The least that each producer needs, as https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies.html has it. */
export function policiesOf({ producers }: SnsPlan) {
  const policies = [...producers.values()].flatMap(({ id, to }) =>
    'exchange' in to
      ? [
          [
            id,
            {
              Version: '2012-10-17',
              Statement: [
                { Effect: 'Allow', Action: ['sns:Publish'], Resource: [`arn:aws:sns:*:*:${to.exchange}`] },
                { Effect: 'Allow', Action: ['sns:ListTopics'], Resource: ['*'] },
              ],
            },
          ] as const,
        ]
      : [],
  );
  return { producers: Object.fromEntries(policies) };
}
