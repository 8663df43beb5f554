import { streamProducers } from '../services/logProducer.ts';
import { producerRefusals } from './settings.ts';

export const planProducer = streamProducers('Kinesis', producerRefusals);
