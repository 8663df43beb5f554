import { underFaults } from '../support/underFaults.ts';

underFaults('rabbitmq');
