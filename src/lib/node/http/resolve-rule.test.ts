import { describe, expect, it } from 'vitest';
import { loopbackRules, matchResolveRule, parseResolveRule } from './resolve-rule.ts';

const rules = [
  '*=127.0.0.1',
  '*.province.test=127.0.0.2:8080',
  '*.gov.province.test=127.0.0.3:9000',
  'www.*.org.cn=127.0.0.4',
  'exact.example.cn=[::1]:8443',
  '*.政务.cn=127.0.0.5',
].map(parseResolveRule);

describe('resolve rules', () => {
  it.each([
    ['*.a.test=127.0.0.1', '*.a.test', '127.0.0.1', null],
    [' A.Test = 127.0.0.9:80 ', 'a.test', '127.0.0.9', 80],
    ['*=[::1]:8443', '*', '::1', 8443],
    ['*=[::1]', '*', '::1', null],
    ['127.0.0.1=127.0.0.1', '127.0.0.1', '127.0.0.1', null],
  ])('reads %s', (text, pattern, address, port) => {
    expect(parseResolveRule(text)).toEqual({ pattern, address, port });
  });

  it.each([
    ['no equals sign', '*.a.test'],
    ['no pattern', '=127.0.0.1'],
    ['no address', '*.a.test='],
    ['a name for an address', '*.a.test=localhost'],
    ['an address out of range', '*.a.test=127.0.0.256'],
    ['port 0', '*.a.test=127.0.0.1:0'],
    ['port 65536', '*.a.test=127.0.0.1:65536'],
    ['a star inside a label', '*a.test=127.0.0.1'],
    ['an empty label', 'a..test=127.0.0.1'],
    ['a URL', 'http://a.test=127.0.0.1'],
    ['IPv6 without brackets', '*.a.test=::1'],
  ])('refuses %s', (_name, text) => {
    expect(() => parseResolveRule(text)).toThrow('--resolve');
  });

  it.each([
    ['one label for *', 'a.province.test', '127.0.0.2'],
    ['several labels for *', 'a.b.c.province.test', '127.0.0.2'],
    ['the longest pattern wins', 'a.gov.province.test', '127.0.0.3'],
    ['* is never no label', 'province.test', '127.0.0.1'],
    ['* in the middle', 'www.a.b.org.cn', '127.0.0.4'],
    ['no part of a label', 'xprovince.test', '127.0.0.1'],
    ['capitals and a dot at the end', 'A.Province.TEST.', '127.0.0.2'],
    ['a pattern without star is the whole host', 'exact.example.cn', '::1'],
    ['a longer host than the exact pattern', 'www.exact.example.cn', '127.0.0.1'],
    ['a Chinese name as URLs carry it', new URL('http://www.政务.cn/').hostname, '127.0.0.5'],
  ])('%s', (_name, host, address) => {
    expect(matchResolveRule(rules, host)?.address).toBe(address);
  });

  it('no rule, no match', () => {
    expect(matchResolveRule([], 'a.test')).toBeNull();
    expect(matchResolveRule([parseResolveRule('*.a.test=127.0.0.1')], 'b.test')).toBeNull();
  });
});

describe('a loopback address that was typed', () => {
  it.each([
    ['http://127.0.0.1:8080/', ['127.0.0.1=127.0.0.1', 'localhost=127.0.0.1']],
    ['http://localhost:8080/', ['127.0.0.1=127.0.0.1', 'localhost=127.0.0.1']],
    ['http://127.0.0.2/', ['127.0.0.2=127.0.0.2', 'localhost=127.0.0.1', '127.0.0.1=127.0.0.1']],
    ['http://10.0.0.1/', []],
    ['http://www.x.gov.cn/?to=127.0.0.1', []],
    ['no address', []],
  ])('%s', (typed, rules) => {
    expect(loopbackRules(typed)).toEqual(rules);
  });
});
