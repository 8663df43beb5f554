import { testWiring } from '../../../tools/testWiring.ts';
import { service } from '../src/service.ts';

testWiring(service);
