/** Where services in containers serve health and metrics. */
export const HEALTH_PORT = 8080;
