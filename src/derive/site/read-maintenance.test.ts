import { expect, test } from 'vitest';
import { announcesMaintenance, readMaintenance } from './read-maintenance.ts';

test.each([
  [
    'full range',
    '因系统升级改造，本网站定于2020年9月10日22:00至2020年9月12日8:00暂停服务。',
    [['2020-09-10', '2020-09-12']],
  ],
  [
    'year and month once',
    '我局门户网站将于2020年9月10日至12日进行系统维护，期间无法访问。',
    [['2020-09-10', '2020-09-12']],
  ],
  ['without year', '网站将于9月10日18时至9月12日8时停机维护。', [['2020-09-10', '2020-09-12']]],
  ['one day', '本网站将于2020年9月10日进行停机维护。', [['2020-09-10', '2020-09-10']]],
  ['other dates', '会议定于2020年9月10日至12日召开。', []],
] as const)('window: %s', (_name, text, expected) => {
  expect(
    readMaintenance(text, '2020-09-08', '2020-09-17').map(({ from, to }) => [from, to]),
  ).toEqual(expected);
});

test.each([
  ['关于网站系统维护的公告', true],
  ['关于门户网站升级改造暂停服务的通知', true],
  ['关于某某道路施工维护的公告', false],
  ['关于召开网站工作会议的通知', false],
])('title %s', (title, expected) => {
  expect(announcesMaintenance(title)).toBe(expected);
});
