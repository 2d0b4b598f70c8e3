/** The door of identity: who acts, what he may do and see, and the trail of it. */
export { type IdentityCommandDeps, identityCommands } from './commands.ts';
export { identifyBy } from './identify.ts';
export type { IdentityDeps } from './identity-db.ts';
export { Keys } from './keys.ts';
export { makeLink } from './links.ts';
export { addUser, findUserByLogin } from './manage-users.ts';
export { recordAudit } from './record-audit.ts';
export { type IdentityRouteDeps, registerIdentityRoutes } from './routes/index.ts';
export { countUsers } from './user.repository.ts';
export { DEFAULT_POLICY, type SignInPolicy } from './user.ts';
