import type { Role } from '../../src/domain/actor.ts';
import { FORMER, PERIOD } from './fill.ts';
import type { Staffed } from './staff.ts';

/** Who looks at a page; `nobody` is not signed in. */
export type Onlooker = Extract<Role, keyof Staffed['people']> | 'nobody';

/** An address of the console, and who looks at it. */
export interface Place {
  readonly path: string;
  readonly who: Onlooker;
  /** What is shown there instead of the page: a page that says that it cannot be shown. */
  readonly isRefusal?: true;
  /** The button that opens what is looked at: a dialog, a drawer. */
  readonly press?: RegExp;
}

/** An address of the console, looked at by one of the supervising office. */
const seen = (path: string): Place => ({ path, who: 'supervisor' });

/** The pages of lexicons and ignores. */
const WORDINGS: Readonly<Record<string, readonly Place[]>> = {
  '/lexicons': [seen('/lexicons')],
  '/lexicons/$name': [
    ...[seen('/lexicons/seed'), seen('/lexicons/seed?q=没有这样的词')],
    seen('/lexicons/本省?version=1'),
  ],
  '/ignores': [seen('/ignores'), { ...seen('/ignores'), press: /^新增忽略/ }],
};

/** The list of accounts, and one account. */
const accountPlaces = (account: string): Readonly<Record<string, readonly Place[]>> => ({
  '/accounts': [seen('/accounts'), seen('/accounts?missing=phone')],
  '/completeness': [seen('/completeness'), { path: '/completeness', who: 'sponsor' }],
  '/accounts/$id': [
    ...[seen(account), seen(`${account}?period=${PERIOD}`)],
    { path: account, who: 'inspector', press: /^登记观察/ },
    { ...seen(account), press: /^修改登记信息/ },
  ],
});

/** The pages of accounts' cases and of the monthly upkeep. */
function lifecyclePlaces(known: Staffed['known']): Readonly<Record<string, readonly Place[]>> {
  const { submitted, closing, duty, ownAccount } = known;
  const own = (path: string): Place => ({ path, who: 'sponsor' });
  const ofAccount = (kind: string) => own(`/account-cases/new?kind=${kind}&account=${ownAccount}`);
  return {
    '/account-cases': [seen('/account-cases'), own('/account-cases?mine=waiting')],
    '/account-cases/new': [
      ...[own('/account-cases/new?kind=open'), own('/account-cases/new?kind=enrol')],
      ...[ofAccount('change'), ofAccount('suspend'), ofAccount('close')],
      own('/account-cases/new'),
    ],
    '/account-cases/$id': [
      ...[seen(`/account-cases/${submitted}`), own(`/account-cases/${submitted}`)],
      ...[own(`/account-cases/${closing}`), seen(`/account-cases/${closing}`)],
      { ...own(`/account-cases/${closing}`), press: /^修改内容/ },
    ],
    '/upkeep': [
      ...[seen('/upkeep'), seen('/upkeep?state=overdue'), own('/upkeep')],
      own(`/upkeep?duty=${duty}`),
    ],
  };
}

/** Accounts that pages show; the pages of the small web show none that the register lacks. */
const DISCOVERED: Readonly<Record<string, readonly Place[]>> = {
  '/discovered': [seen('/discovered'), seen('/discovered?state=dismissed&match=unknown')],
};

/** The pages of rectification, of find-error messages, and of how notices are sent. */
function casePlaces(known: Staffed['known']): Readonly<Record<string, readonly Place[]>> {
  const { rectified, notice, letter, message, answered, selfCheck } = known;
  const own = (path: string): Place => ({ path, who: 'sponsor' });
  return {
    '/contests': [
      ...[seen('/contests'), seen(`/contests?letter=${letter}`), seen('/contests?stands=waiting')],
      ...[own('/contests'), own(`/contests?letter=${letter}`)],
    ],
    '/rectification': [
      ...[seen('/rectification'), own('/rectification?mine=waiting')],
      ...[seen('/rectification?view=board'), seen('/rectification?view=calendar')],
      seen('/rectification?q=没有这个单位'),
    ],
    '/rectification/notices': [
      ...[seen('/rectification/notices'), seen(`/rectification/notices?notice=${notice}`)],
      own('/rectification/notices'),
    ],
    '/rectification/$id': [seen(`/rectification/${rectified}`), own(`/rectification/${rectified}`)],
    '/self-checks': [seen('/self-checks')],
    '/self-checks/$id': [seen(`/${selfCheck.split('/units')[0]}`)],
    '/self-checks/$id/units/$unitId': [
      ...[seen(`/${selfCheck}`), seen(`/${selfCheck}?version=1`)],
      seen(`/${selfCheck}?view=comparison`),
    ],
    '/find-errors': [seen('/find-errors'), own('/find-errors?stands=overdue')],
    '/find-errors/$id': [
      ...[seen(`/find-errors/${message}`), own(`/find-errors/${message}`)],
      seen(`/find-errors/${answered}`),
    ],
    '/find-error': [{ path: '/find-error', who: 'nobody' }],
    '/notice-templates': [seen('/notice-templates')],
    '/notice-templates/$kind': [
      ...[seen('/notice-templates/rectify.letter'), seen('/notice-templates/rectify.chase')],
    ],
    '/system/channels': [
      { path: '/system/channels', who: 'systemAdmin' },
      { path: '/system/channels', who: 'systemAdmin', press: /^添加通道/ },
    ],
  };
}

/** The pages of the yearly assessment. */
function assessmentPlaces({
  assessment,
  assessedUnit,
}: Staffed['known']): Readonly<Record<string, readonly Place[]>> {
  const [one, unit] = [
    `/assessments/${assessment}`,
    `/assessments/${assessment}/units/${assessedUnit}`,
  ];
  return {
    '/assessments': [
      seen('/assessments'),
      { path: '/assessments', who: 'sponsor', isRefusal: true },
    ],
    '/assessments/$id': [seen(one), seen(`${one}?q=没有这个单位`)],
    // The form of the unit's own report: assessment.test.ts.
    '/assessments/$id/units/$unitId': [seen(unit), seen(`${unit}?show=objections`)],
  };
}

/** The pages of yearly forms. */
function yearlyPlaces({
  yearlyForm,
  officeForm,
}: Staffed['known']): Readonly<Record<string, readonly Place[]>> {
  const own = (path: string): Place => ({ path, who: 'sponsor' });
  return {
    '/yearly-forms': [seen('/yearly-forms'), own('/yearly-forms?state=overdue')],
    '/yearly-forms/$id': [own(`/yearly-forms/${yearlyForm}`), seen(`/yearly-forms/${officeForm}`)],
  };
}

/** Who answers for what, measures of accountability, regulations. */
const dutyPlaces = ({
  measure,
  regulation,
  draftRegulation,
  training,
}: Staffed['known']): Readonly<Record<string, readonly Place[]>> => ({
  '/duty': [
    ...[seen('/duty'), seen('/duty?q=没有这个网站')],
    { path: '/duty?stands=lacking', who: 'sponsor' as const },
  ],
  '/duty/measures': [seen('/duty/measures'), { path: '/duty/measures', who: 'sponsor' as const }],
  '/duty/measures/$id': [seen(`/duty/measures/${measure}`)],
  '/duty/trainings': [
    ...[seen('/duty/trainings'), seen('/duty/trainings?q=没有这次培训')],
    { path: '/duty/trainings', who: 'sponsor' as const },
  ],
  '/duty/trainings/$id': [seen(`/duty/trainings/${training}`)],
  '/duty/load': [
    ...[seen('/duty/load'), seen('/duty/load?quarter=1&sort=-subjects')],
    { path: '/duty/load', who: 'sponsor' as const },
  ],
  '/duty/regulations': [
    ...[seen('/duty/regulations'), seen('/duty/regulations?q=没有这项制度')],
    { path: '/duty/regulations', who: 'sponsor' as const },
  ],
  '/duty/regulations/$id': [
    ...[seen(`/duty/regulations/${regulation}`), seen(`/duty/regulations/${draftRegulation}`)],
    { path: `/duty/regulations/${regulation}`, who: 'sponsor', press: /^确认已学习/ },
  ],
});

/** Comparisons with the national system's export. */
const diffPlaces = (id: number): Readonly<Record<string, readonly Place[]>> => ({
  '/register-diff': [seen('/register-diff'), seen(`/register-diff?id=${id}`)],
});

/** Maps of offices' own tables. */
const COLUMN_MAPS: Readonly<Record<string, readonly Place[]>> = {
  '/column-maps': [seen('/column-maps'), { ...seen('/column-maps'), press: /^修改/ }],
};

/** The matrix of accounts, and alerts before a limit. */
const matrixPlaces = (city: number): Readonly<Record<string, readonly Place[]>> => ({
  '/matrix': [seen('/matrix'), seen(`/matrix?unitId=${city}`), seen('/matrix?q=没有这个单位')],
  '/matrix/accounts': [seen('/matrix/accounts'), seen('/matrix/accounts?state=silent')],
  '/inbox': [seen('/inbox'), { path: '/inbox?state=unread', who: 'sponsor' as const }],
  '/alerts': [
    ...[seen('/alerts'), { path: '/alerts?state=closed', who: 'sponsor' as const }],
    { path: '/alerts', who: 'sponsor', press: /^知悉/ },
  ],
});

/** What opens a dialog on a site's page. */
const BULLETIN_DIALOGS = [/^重新生成/, /在此后写一段/, /^[1-9]$/];
const SITE_DIALOGS = [/^登记问题/, /^认定“/, /^设定时段/];

/**
 * Where every page of the route tree is looked at, by the route's path. A page that is missing here fails the tests that
 * walk the pages (`missingPlaces`).
 */
export function placesOf(known: Staffed['known']): Readonly<Record<string, readonly Place[]>> {
  const by = (who: Onlooker, ...paths: string[]): Place[] => paths.map((path) => ({ path, who }));
  const supervisor = (...paths: string[]): Place[] => by('supervisor', ...paths);
  const opened = (path: string, press: RegExp, who: Onlooker = 'supervisor'): Place => ({
    ...{ path, who, press },
  });
  const { site, account, finding, contested, link } = known;
  return {
    '/login': by('nobody', '/login'),
    '/setup': by('nobody', '/setup', '/setup?token=x'),
    '/password': by('nobody', '/password', `/password?token=${link}`),
    '/': [...supervisor('/', `/?unitId=${known.city}`), ...by('sponsor', '/')],
    '/me': [
      ...[...supervisor('/me'), ...by('securityAdmin', '/me')],
      ...[opened('/me', /^新建令牌/), opened('/me', /^开始设置/)],
    ],
    '/units': supervisor('/units'),
    '/sites': supervisor('/sites', '/sites?q=没有这个网站'),
    '/sites/$id': [
      ...supervisor(`/sites/${site}`, `/sites/${site}?period=${PERIOD}`),
      ...SITE_DIALOGS.map((press) => opened(`/sites/${site}?period=${PERIOD}`, press)),
      ...by('sponsor', `/sites/${known.decided}?period=${PERIOD}`),
    ],
    ...accountPlaces(`/accounts/${account}`),
    '/import': supervisor('/import', `/import?id=${known.faulty}`, `/import?id=${known.ready}`),
    '/rounds': supervisor('/rounds'),
    '/rounds/new': supervisor('/rounds/new'),
    '/rounds/$period': [
      ...supervisor(`/rounds/${PERIOD}`, `/rounds/${FORMER}`),
      opened(`/rounds/${PERIOD}`, /^冻结/),
    ],
    '/findings': [
      ...supervisor(
        `/findings?period=${PERIOD}&view=all`,
        `/findings?period=${PERIOD}&view=all&id=${finding}`,
        '/findings?view=undetermined&period=2020Q3&q=没有这个问题',
      ),
      opened(`/findings?period=${PERIOD}&view=all&id=${contested}`, /^驳回/),
      opened(`/findings?period=${PERIOD}&view=all&id=${contested}`, /^键盘快捷键/),
      ...by('sponsor', `/findings?period=${PERIOD}&id=${contested}`),
    ],
    '/findings/$id': [
      ...supervisor(`/findings/${finding}`, `/findings/${contested}`),
      ...by('sponsor', `/findings/${contested}`),
    ],
    '/findings/$id/chain': by('auditor', `/findings/${contested}/chain`),
    '/bulletins': supervisor('/bulletins'),
    '/bulletins/$period': [
      ...supervisor(`/bulletins/${FORMER}`, `/bulletins/${PERIOD}`),
      ...BULLETIN_DIALOGS.map((press) => opened(`/bulletins/${FORMER}`, press)),
    ],
    '/rulesets': supervisor('/rulesets'),
    '/rulesets/$id': supervisor('/rulesets/hunan-2020', '/rulesets/national-2019'),
    '/rulesets/$id/diff': supervisor('/rulesets/hunan-2020/diff?from=1&to=2'),
    ...WORDINGS,
    ...{ ...DISCOVERED, ...matrixPlaces(known.city), ...diffPlaces(known.diff) },
    ...{ ...COLUMN_MAPS, ...lifecyclePlaces(known), ...casePlaces(known) },
    ...{ ...assessmentPlaces(known), ...yearlyPlaces(known), ...dutyPlaces(known) },
    '/$': [{ path: '/no/such/page', who: 'supervisor', isRefusal: true }],
    '/system/users': [
      opened('/system/users', /^新建用户/, 'systemAdmin'),
      ...by('systemAdmin', '/system/users'),
      ...by('securityAdmin', `/system/users?user=${known.user}`),
    ],
    '/system/audit': by('auditor', '/system/audit'),
    '/system/jobs': by('systemAdmin', '/system/jobs'),
    '/system/health': by('systemAdmin', '/system/health'),
    '/system/settings': by('systemAdmin', '/system/settings'),
  };
}

/** Addresses of what does not exist, or of what one may not see. */
export const REFUSALS: readonly Place[] = [
  { path: '/sites/999999', who: 'supervisor', isRefusal: true },
  { path: '/findings/999999', who: 'supervisor', isRefusal: true },
  { path: '/rounds/1999Q1', who: 'supervisor', isRefusal: true },
  { path: '/system/users', who: 'sponsor', isRefusal: true },
];

/** Paths of the route tree that nobody looks at. */
export function missingPlaces(paths: readonly string[], places: object): string[] {
  return paths.filter((path) => !(path in places));
}
