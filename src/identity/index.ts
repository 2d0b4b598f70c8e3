/** The door of identity: who acts, and the trail of it. */
export { type AuditItem, auditAbout } from './audit/audit.repository.ts';
export { auditDb } from './audit/audit-tables.ts';
export { type AuditTrail, openAuditTrail } from './audit/audit-trail.ts';
export { type AuditDeps, auditCommands } from './audit/commands.ts';
export { recordAudit } from './audit/record-audit.ts';
export { AuditRow, registerAuditRoutes } from './audit/routes.ts';
