/** The door of identity: who acts, what he may do and see, and the trail of it. */

export { type AuditItem, auditAbout } from './audit/audit.repository.ts';
export { auditDb } from './audit/audit-tables.ts';
export { type AuditTrail, openAuditTrail } from './audit/audit-trail.ts';
export { type AuditDeps, auditCommands } from './audit/commands.ts';
export { recordAudit } from './audit/record-audit.ts';
export { AuditRow, registerAuditRoutes } from './audit/routes.ts';
export { identityCommands } from './commands.ts';
export { identifyBy } from './identify.ts';
export type { IdentityDeps } from './identity-db.ts';
export { hashOf, Keys, newSecret } from './keys.ts';
export { makeLink } from './links.ts';
export { addUser, findUserByLogin } from './manage-users.ts';
export { IdentityProvider, isIssuerSafe } from './oidc/identity-provider.ts';
export type { OidcSettings } from './oidc/oidc-settings.ts';
export { registerIdentityRoutes } from './routes/index.ts';
export { type Sealing, sealingOf } from './sealing.ts';
export { resealSecondFactors } from './second-factor.ts';
export { countUsers } from './user.repository.ts';
export { DEFAULT_POLICY, type SignInPolicy } from './user.ts';
