/** What a person may be made responsible for (角色). The three administrators are separated (三员分立). */
export const ROLES = [
  'systemAdmin',
  'securityAdmin',
  'auditor',
  'supervisor',
  'manager',
  'sponsor',
  'leader',
  'inspector',
  'editor',
  'reviewer',
] as const;
export type Role = (typeof ROLES)[number];

/** What a route or an operation asks for, `noun.verb`. */
export const ABILITIES = [
  'registry.read',
  'registry.import',
  'registry.export',
  'registry.quiet',
  'registry.edit',
  'registry.contact',
  'case.read',
  'case.apply',
  'case.review',
  'case.approve',
  'upkeep.read',
  'upkeep.confirm',
  'alert.read',
  'alert.acknowledge',
  'discovery.read',
  'discovery.decide',
  'sweep.read',
  'sweep.run',
  'finderror.read',
  'finderror.assign',
  'finderror.reply',
  'selfcheck.read',
  'selfcheck.open',
  'selfcheck.submit',
  'round.read',
  'round.run',
  'round.freeze',
  'finding.read',
  'finding.review',
  'finding.contest',
  'finding.enter',
  'observation.enter',
  'observation.withdraw',
  'bulletin.read',
  'bulletin.build',
  'bulletin.sign',
  'rectification.read',
  'rectification.open',
  'rectification.answer',
  'rectification.approve',
  'rectification.decide',
  'assessment.read',
  'assessment.report',
  'assessment.review',
  'assessment.publish',
  'yearly.read',
  'yearly.fill',
  'yearly.sign',
  'yearly.open',
  'duty.read',
  'duty.edit',
  'duty.measure',
  'ruleset.read',
  'ruleset.change',
  'evidence.read',
  'user.read',
  'user.manage',
  'role.grant',
  'audit.read',
  'system.read',
  'system.manage',
  'token.own',
] as const;
export type Ability = (typeof ABILITIES)[number];

/** Unit ids that somebody sees: his unit and all below it, or the whole register. */
export type Scope = 'all' | ReadonlySet<number>;

/** Who acts: a signed-in person, a machine's token, or the command line of this computer's owner. */
export interface Actor {
  /** Null for the command line. */
  readonly userId: number | null;
  readonly login: string;
  /** As shown, and as written into the audit trail: 张三（zhangsan）. */
  readonly name: string;
  readonly roles: readonly Role[];
  readonly unitId: number | null;
  readonly unitName: string | null;
  readonly scope: Scope;
  readonly how: 'session' | 'token' | 'command';
  can(ability: Ability): boolean;
}

/** Whether a subject or unit of `unitId` is within what somebody sees. */
export function isInScope(scope: Scope, unitId: number | null): boolean {
  return scope === 'all' || (unitId !== null && scope.has(unitId));
}
