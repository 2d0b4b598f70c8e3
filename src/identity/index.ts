/** The door of identity: who acts, and the trail of it. */
export { type AuditEntry, recordAudit } from './record-audit.ts';
