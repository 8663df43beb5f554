import { underFaults } from '../support/underFaults.ts';

underFaults('celery-rabbitmq');
