import { expect, it } from 'vitest';
import type { AccountKey } from '../../domain/discovered-account.ts';
import { RegisterIndex } from './register-index.ts';
import { siteIdentity } from './site-identity.ts';

const registered = (name: string, sponsorName: string) => ({
  ...{ id: 1, platform: '微信公众号', name, sponsorName, ids: ['gh_1'] },
});
const key: AccountKey = { platform: 'wechat', idKind: 'qr', id: 'code' };
const SITE = siteIdentity('www.yueyang.gov.cn', ['岳阳市水利局', '市水利事务中心']);

it.each([
  ['平安小区', [['平安小区', '岳阳市公安局']], 'nameOnly', /“平安小区”（岳阳市公安局）相同/],
  // The register's short name tells no place, and is the site's own body.
  ['水利之声', [['水利之声', '市水利事务中心']], 'nameOnly', /相同/],
  [
    '平安小区',
    [['平安小区', '株洲市公安局']],
    'unknown',
    /同名的“平安小区”（株洲市公安局），是别处/,
  ],
  [
    '平安小区',
    [
      ['平安小区', '株洲市公安局'],
      ['平安小区', '湘潭市公安局'],
    ],
    'unknown',
    /等 2 个/,
  ],
  [
    '平安小区',
    [
      ['平安小区', '株洲市公安局'],
      ['平安小区', '岳阳市公安局'],
    ],
    'nameOnly',
    /岳阳市公安局/,
  ],
] as const)('%s against %j is %s', (name, known, match, reason) => {
  const index = new RegisterIndex(known.map(([own, sponsor]) => registered(own, sponsor)));
  const answer = index.match({ key, otherKeys: [], name }, SITE);
  expect(answer.match).toBe(match);
  expect(answer.account === null).toBe(match === 'unknown');
  expect(answer.reason).toMatch(reason);
});

it('a site that does not say who it is rules no namesake out; an id decides wherever it is', () => {
  const index = new RegisterIndex([registered('平安小区', '株洲市公安局')]);
  const unnamed = siteIdentity('x.gov.cn', []);
  expect(index.match({ key, otherKeys: [], name: '平安小区' }, unnamed).match).toBe('nameOnly');
  const byId = { key: { ...key, idKind: 'gh', id: 'gh_1' } as const, otherKeys: [], name: null };
  expect(index.match(byId, SITE).match).toBe('matched');
});
