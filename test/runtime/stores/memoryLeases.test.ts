import { memoryLeases } from '../../../runtime/stores/memoryLeases.ts';
import { leasesSuite } from './leasesSuite.ts';

leasesSuite('memory', async () => memoryLeases());
