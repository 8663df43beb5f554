const { hostname, port } = new URL(process.env['LOG_URL'] ?? '');

/** Both clients of the baselines. */
export const connection = { clientId: 'baseline', bootstrapBrokers: [`${hostname}:${port}`] };

export const topic = 'events';
