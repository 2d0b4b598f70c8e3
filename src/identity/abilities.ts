import { AbilityBuilder, createMongoAbility, type MongoAbility } from '@casl/ability';
import { ABILITIES, type Ability, type Role } from '../domain/actor.ts';
import { UserError } from '../lib/pure/errors.ts';

const READS = ABILITIES.filter(
  (ability) => ability.endsWith('.read') && !/^(user|audit|system)\./.test(ability),
);
const MAIN_LINE = ABILITIES.filter((ability) =>
  /^(registry|case|finderror|duty|discovery|sweep|selfcheck|round|finding|observation|bulletin|ruleset|evidence)\./.test(
    ability,
  ),
);

/** What each role may do. The administrators look after the system, never after its findings (三员分立). */
export const ABILITIES_OF: Readonly<Record<Role, readonly Ability[]>> = {
  systemAdmin: [
    ...(['user.read', 'user.manage', 'system.read', 'system.manage', 'registry.read'] as const),
    ...(['sweep.read', 'sweep.run'] as const),
  ],
  securityAdmin: ['user.read', 'role.grant', 'system.read'],
  auditor: [...READS, 'user.read', 'system.read', 'audit.read'],
  supervisor: [
    ...MAIN_LINE,
    ...(['rectification.read', 'rectification.open', 'rectification.decide'] as const),
    ...(['assessment.read', 'assessment.review', 'assessment.publish'] as const),
    ...(['yearly.read', 'yearly.fill', 'yearly.sign', 'yearly.open'] as const),
    ...(['upkeep.read', 'alert.read', 'token.own'] as const),
  ],
  manager: [
    ...([...READS, 'registry.export', 'registry.quiet', 'finding.contest', 'token.own'] as const),
    ...(['registry.edit', 'registry.contact'] as const),
    ...(['case.apply', 'case.review', 'upkeep.confirm', 'alert.acknowledge'] as const),
    ...(['finderror.reply', 'assessment.report', 'yearly.fill', 'yearly.sign'] as const),
    ...(['duty.edit', 'duty.measure'] as const),
    'selfcheck.submit',
    ...(['rectification.answer', 'rectification.approve'] as const),
  ],
  sponsor: [
    ...(['registry.read', 'registry.quiet', 'registry.edit', 'registry.contact'] as const),
    ...(['finding.read', 'finding.contest'] as const),
    ...(['case.read', 'case.apply', 'upkeep.read', 'upkeep.confirm'] as const),
    ...(['rectification.read', 'rectification.answer'] as const),
    ...(['yearly.read', 'yearly.fill'] as const),
    ...(['alert.read', 'alert.acknowledge', 'discovery.read'] as const),
    ...(['evidence.read', 'bulletin.read', 'finderror.read', 'finderror.reply'] as const),
    ...(['duty.read', 'duty.edit'] as const),
  ],
  leader: [
    ...(['registry.read', 'finding.read', 'evidence.read', 'bulletin.read'] as const),
    ...(['rectification.read', 'rectification.approve', 'duty.read'] as const),
    ...(['yearly.read', 'yearly.sign'] as const),
  ],
  inspector: [
    'registry.read',
    'alert.read',
    'discovery.read',
    'sweep.read',
    'round.read',
    'finding.read',
    'finding.review',
    'finding.enter',
    'observation.enter',
    'evidence.read',
    'ruleset.read',
  ],
  editor: ['registry.read', 'bulletin.read'],
  reviewer: ['registry.read', 'bulletin.read'],
};

export const ROLE_WORDS: Readonly<Record<Role, string>> = {
  systemAdmin: '系统管理员',
  securityAdmin: '安全保密管理员',
  auditor: '安全审计员',
  supervisor: '主管单位',
  manager: '市（部门）管理员',
  sponsor: '主办单位',
  leader: '单位负责人',
  inspector: '检查人员',
  editor: '编辑',
  reviewer: '审稿人',
};

/** Kept apart from everything else, one person each. */
const ADMINISTRATORS: readonly Role[] = ['systemAdmin', 'securityAdmin', 'auditor'];
/** These see the whole register when their unit is the root, or when they have none. */
const WHOLE: readonly Role[] = [...ADMINISTRATORS, 'supervisor', 'inspector'];

export const needsSecondFactor = (roles: readonly Role[]): boolean =>
  roles.some((role) => ADMINISTRATORS.includes(role));

export const maySeeAll = (roles: readonly Role[]): boolean =>
  roles.some((role) => WHOLE.includes(role));

/** Throws {@link UserError} `user.roles` unless one person may hold these roles together. */
export function assertRoles(roles: readonly Role[]): void {
  if (new Set(roles).size !== roles.length)
    throw new UserError('user.roles', '同一个角色写了两次。', { field: 'roles' });
  const administrator = roles.find((role) => ADMINISTRATORS.includes(role));
  if (administrator === undefined || roles.length === 1) return;
  throw new UserError(
    'user.roles',
    `${ROLE_WORDS[administrator]}要单独设，不能与其他角色由同一个人兼任（三员分立）。`,
    { field: 'roles' },
  );
}

/** One register, one round, one ruleset for everybody: who answers for a part of them changes none. */
const OF_THE_WHOLE: readonly Ability[] = [
  ...([
    'registry.import',
    'case.approve',
    'finderror.assign',
    'selfcheck.open',
    'rectification.open',
    'round.run',
    'round.freeze',
  ] as const),
  ...(['discovery.decide', 'sweep.run', 'assessment.review', 'assessment.publish'] as const),
  'yearly.open',
  ...(['bulletin.build', 'bulletin.sign', 'ruleset.change'] as const),
];

/** What narrows the abilities of somebody's roles. */
export interface Narrowing {
  /** A token's own list; null = nothing narrower. */
  readonly only?: readonly Ability[] | null;
  /** Whether he sees the whole register. */
  readonly seesAll: boolean;
}

/** The rules of some roles, as casl keeps them: an ability `noun.verb` is the action `verb` on the subject `noun`. */
function rulesOf(roles: readonly Role[], { only = null, seesAll }: Narrowing): MongoAbility {
  const { can, build } = new AbilityBuilder(createMongoAbility);
  for (const ability of roles.flatMap((role) => ABILITIES_OF[role])) {
    if (only !== null && !only.includes(ability)) continue;
    if (!seesAll && OF_THE_WHOLE.includes(ability)) continue;
    const [noun, verb] = ability.split('.') as [string, string];
    can(verb, noun);
  }
  return build();
}

/** Whether somebody of these roles may do something. */
export function permissionsOf(
  roles: readonly Role[],
  narrowing: Narrowing,
): (ability: Ability) => boolean {
  const rules = rulesOf(roles, narrowing);
  return (ability) => {
    const [noun, verb] = ability.split('.') as [string, string];
    return rules.can(verb, noun);
  };
}
