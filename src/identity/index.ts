/** The door of identity: who acts, and the trail of it. */
export { recordAudit } from './record-audit.ts';
