/**
 * Content security policy of the app, desktop and web alike. Styles may be inline because Mantine and Monaco write
 * style elements at run time; scripts may not, so an injected element never runs.
 */
export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "worker-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
