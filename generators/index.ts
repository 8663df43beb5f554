export type { BrokerGenerator, BrokerTarget } from './broker.ts';
export { generate } from './generate.ts';
export type { OutputFile, OutputTree, Ownership } from './kit/output.ts';
export { brokers } from './registry.ts';
