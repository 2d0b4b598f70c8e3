import { describe, expect, it } from 'vitest';
import { isPublicAddress } from './address-guard.ts';
import { findAddress } from './find-address.ts';

const NOTHING_ALLOWED = { resolve: [], allowAddresses: new Set<string>() };

describe('address guard', () => {
  it.each([
    ['IPv4', '59.231.9.1'],
    ['IPv4 beside a private range', '172.32.0.1'],
    ['IPv6', '2400:3200::1'],
    ['NAT64 of a public address', '64:ff9b::808:808'],
    ['6to4 of a public address', '2002:808:808::1'],
    ['mapped public address', '::ffff:8.8.8.8'],
  ])('lets pass: %s', (_name, literal) => {
    expect(isPublicAddress(literal)).toBe(true);
  });

  it.each([
    ['loopback', '127.0.0.1'],
    ['another loopback', '127.255.255.254'],
    ['this host', '0.0.0.0'],
    ['10/8', '10.1.2.3'],
    ['172.16/12', '172.31.255.255'],
    ['192.168/16', '192.168.1.1'],
    ['metadata', '169.254.169.254'],
    ['Alibaba metadata in CGNAT', '100.100.100.200'],
    ['CGNAT', '100.64.0.1'],
    ['IETF protocol (Oracle metadata)', '192.0.0.192'],
    ['benchmark', '198.18.0.1'],
    ['documentation', '203.0.113.9'],
    ['multicast', '224.0.0.1'],
    ['reserved', '240.0.0.1'],
    ['broadcast', '255.255.255.255'],
    ['IPv6 loopback', '::1'],
    ['IPv6 unspecified', '::'],
    ['mapped loopback', '::ffff:127.0.0.1'],
    ['mapped loopback in hex', '::ffff:7f00:1'],
    ['IPv4-compatible loopback', '::7f00:1'],
    ['translated loopback (RFC 6145)', '::ffff:0:7f00:1'],
    ['NAT64 of loopback', '64:ff9b::7f00:1'],
    ['NAT64 of metadata', '64:ff9b::a9fe:a9fe'],
    ['local NAT64 (RFC 8215)', '64:ff9b:1:ffff::808:808'],
    ['6to4 of loopback', '2002:7f00:1::'],
    ['6to4 of a private address', '2002:c0a8:101::1'],
    ['Teredo', '2001::1'],
    ['unique local (AWS metadata)', 'fd00:ec2::254'],
    ['link-local', 'fe80::1'],
    ['site-local', 'fec0::1'],
    ['IPv6 multicast', 'ff02::1'],
    ['not yet assigned', '4000::1'],
    ['no address', 'localhost'],
  ])('refuses: %s', (_name, literal) => {
    expect(isPublicAddress(literal)).toBe(false);
  });

  it.each([
    ['decimal', 'http://2130706433/'],
    ['hexadecimal', 'http://0x7f000001/'],
    ['octal', 'http://0177.0.0.1/'],
    ['short', 'http://127.1/'],
    ['full-width digits', 'http://１２７.0.0.1/'],
    ['dot at the end', 'http://127.0.0.1./'],
    ['mapped', 'http://[::ffff:127.0.0.1]/'],
    ['compatible', 'http://[::127.0.0.1]/'],
    ['metadata as a number', 'http://2852039166/'],
    ['a name that DNS sends to loopback', 'http://localhost/'],
  ])('finds behind a URL: %s', async (_name, url) => {
    const found = await findAddress(new URL(url), NOTHING_ALLOWED);
    expect(found.state).toBe('forbidden');
  });

  it('visits a private address that is allowed by name, and no other', async () => {
    const options = { resolve: [], allowAddresses: new Set(['127.0.0.2']) };
    const allowed = await findAddress(new URL('http://127.0.0.2:81/'), options);
    expect(allowed).toMatchObject({
      state: 'found',
      address: '127.0.0.2',
      port: 81,
      byRule: false,
    });
    const other = await findAddress(new URL('http://127.0.0.3:81/'), options);
    expect(other.state).toBe('forbidden');
  });

  it.each([
    ['http://a.test/', 80],
    ['https://a.test/', 443],
    ['http://a.test:8081/', 8081],
  ])('without a port in the rule the port of %s stands', async (url, port) => {
    const resolve = [{ pattern: 'a.test', address: '127.0.0.9', port: null }];
    const found = await findAddress(new URL(url), { ...NOTHING_ALLOWED, resolve });
    expect(found).toMatchObject({ state: 'found', address: '127.0.0.9', port, byRule: true });
  });
});
