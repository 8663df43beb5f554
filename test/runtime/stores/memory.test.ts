import { memoryStore } from '../../../runtime/stores/memory.ts';
import { storeSuite } from './suite.ts';

const store = memoryStore();
storeSuite('memory', () => store);
