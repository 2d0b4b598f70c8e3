/** What any step of a message makes stale. */
export const MESSAGE_REFRESHES = ['/api/v1/find-errors/{id}', '/api/v1/find-errors'] as const;
