/** Answers that change when a source of an account does, or when it shows something. */
export const SHOWN_BY_SOURCES = [
  ...(['/api/v1/accounts/{id}/sources', '/api/v1/accounts/{id}'] as const),
  ...(['/api/v1/accounts/{id}/publishing', '/api/v1/accounts/{id}/indices'] as const),
] as const;
