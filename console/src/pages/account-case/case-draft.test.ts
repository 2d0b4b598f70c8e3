import { expect, it } from 'vitest';
import { caseFormOf, changesOf, valuesOf } from './case-draft.ts';

it.each([
  ['nothing that differs', { name: '岳阳发布' }, {}],
  ['a new name, trimmed', { name: ' 岳阳政务 ' }, { name: '岳阳政务' }],
  ['an emptied field is no wish', { name: '', accountId: undefined }, {}],
  ['another sponsor', { sponsorId: 9 }, { sponsorId: 9 }],
  ['the same sponsor', { sponsorId: 7 }, {}],
])('a change holds %s', (_name, values, changes) => {
  const present = { name: '岳阳发布', accountId: 'gh_yy', sponsorId: 7 };
  expect(changesOf(values as never, present)).toEqual(changes);
});

it.each(['open', 'enrol', 'suspend', 'resume', 'close', 'deregister'] as const)(
  'a form of %s comes back as it went',
  (kind) => {
    const values = {
      ...{ platform: '微信公众号', name: '岳阳政务', accountId: 'gh_1', openedOn: '2020-01-02' },
      ...{ functions: ['信息发布' as const], leader: '', responsible: '甲', contact: '乙' },
      ...{ phone: '1', homeLink: '', until: '2026-12-01', closesOn: '2026-12-02' },
      ...{ followers: '迁到市政府账号', announcement: '', deregisteredOn: '2026-12-03' },
      reason: '整合',
    };
    const form = caseFormOf(kind, values, {});
    expect(caseFormOf(kind, valuesOf(form), {})).toEqual(form);
  },
);
