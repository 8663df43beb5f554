import type { Handlers } from './register.ts';
import type { AppSession } from './session.ts';

export const reviewHandlers = ({ configs }: AppSession): Pick<Handlers, 'review.config'> => ({
  'review.config': ({ doc }) => configs.of(doc),
});
