import { expect, it } from 'vitest';
import { siteOfHost } from './site-of-host.ts';

it.each([
  ['www.changsha.gov.cn', 'changsha.gov.cn'],
  ['xxgk.changsha.gov.cn.', 'changsha.gov.cn'],
  ['changsha.gov.cn', 'changsha.gov.cn'],
  ['hd.hebei.example.com', 'example.com'],
  ['a.b.com.cn', 'b.com.cn'],
  ['rsj.x.hn.cn', 'x.hn.cn'],
  ['www.hunan.province.test', 'province.test'],
  ['10.0.0.1', '10.0.0.1'],
  ['[::1]', '[::1]'],
  ['localhost', 'localhost'],
])('%s is of %s', (host, site) => {
  expect(siteOfHost(host)).toBe(site);
});
