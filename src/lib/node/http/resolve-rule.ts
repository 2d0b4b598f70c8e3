import { domainToASCII } from 'node:url';
import ipaddr from 'ipaddr.js';
import { UserError } from '../../pure/errors.ts';

/** `PATTERN=IP[:PORT]`: where hosts of a pattern are to be found instead of asking DNS. */
export interface ResolveRule {
  /** Lower-case host pattern; each `*` stands for one or more labels. */
  readonly pattern: string;
  readonly address: string;
  /** Null: the port of the URL stands. */
  readonly port: number | null;
}

const PORT_MAX = 65_535;

/** Reads one `--resolve` option; throws {@link UserError} `resolve.invalid`. */
export function parseResolveRule(text: string): ResolveRule {
  const match = /^\s*([^=\s]+)\s*=\s*(?:\[([0-9a-f:.]+)\]|([0-9.]+))(?::(\d{1,5}))?\s*$/i.exec(
    text,
  );
  const address = match?.[2] ?? match?.[3] ?? '';
  const port = match?.[4] === undefined ? null : Number(match[4]);
  if (
    !match ||
    !ipaddr.isValid(address) ||
    !isPattern(match[1]!) ||
    (port !== null && (port === 0 || port > PORT_MAX))
  ) {
    throw new UserError(
      'resolve.invalid',
      `--resolve “${text}”写法不对：应写成 *.example.cn=127.0.0.1:8080。`,
      { field: 'resolve' },
    );
  }
  return { pattern: asciiPattern(match[1]!), address, port };
}

/**
 * Rules for a loopback address that a person typed: it is meant, and so is its neighbour under the other name. Every other inner address
 * needs a rule of its own, and no page that was fetched can make one.
 */
export function loopbackRules(typedUrl: string): string[] {
  const hostname = URL.parse(typedUrl)?.hostname ?? '';
  if (hostname !== 'localhost' && !/^127(\.\d{1,3}){3}$/.test(hostname)) return [];
  const own = hostname === 'localhost' ? '127.0.0.1' : hostname;
  return [...new Set([`${own}=${own}`, 'localhost=127.0.0.1', '127.0.0.1=127.0.0.1'])];
}

/** A Chinese domain name as URLs carry it (政务 → xn--zfr164b). Only what is Chinese is changed: the label 127 alone reads as an address. */
function asciiPattern(text: string): string {
  return text
    .toLowerCase()
    .split('.')
    .map((label) => (/\P{ASCII}/u.test(label) ? domainToASCII(label) || label : label))
    .join('.');
}

function isPattern(text: string): boolean {
  return text.split('.').every((label) => label === '*' || /^[\p{L}\p{N}_-]+$/u.test(label));
}

/** The rule with the longest pattern that matches `host`, or null. */
export function matchResolveRule(rules: readonly ResolveRule[], host: string): ResolveRule | null {
  const labels = host.toLowerCase().replace(/\.$/, '').split('.');
  let best: ResolveRule | null = null;
  for (const rule of rules) {
    if (
      (best === null || rule.pattern.length > best.pattern.length) &&
      matches(rule.pattern.split('.'), labels)
    )
      best = rule;
  }
  return best;
}

/** Patterns and hosts have few labels, so plain recursion is short and bounded (a host has at most 127 labels). */
function matches(pattern: readonly string[], labels: readonly string[]): boolean {
  const [head, ...rest] = pattern;
  if (head === undefined) return labels.length === 0;
  if (labels.length < pattern.length) return false;
  if (head !== '*') return head === labels[0] && matches(rest, labels.slice(1));
  for (let taken = 1; taken <= labels.length - rest.length; taken += 1) {
    if (matches(rest, labels.slice(taken))) return true;
  }
  return false;
}
