/** Ids as the platforms write them, drawn from a seed. */
export interface MadeIds {
  digits(length: number): string;
  letters(length: number, alphabet?: string): string;
  uid(): string;
  biz(): string;
  gh(): string;
  secUid(): string;
  articleId(): string;
  qrToken(): string;
}

const MIXED = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const LOWER = 'abcdefghijklmnopqrstuvwxyz0123456789';

export function madeIds(random: () => number): MadeIds {
  const letters = (length: number, alphabet = MIXED): string =>
    Array.from({ length }, () => alphabet[Math.floor(random() * alphabet.length)]).join('');
  const digits = (length: number): string =>
    `${1 + Math.floor(random() * 9)}${letters(length - 1, '0123456789')}`;
  return {
    digits,
    letters,
    uid: () => digits(10),
    biz: () => Buffer.from(`3${digits(9)}`).toString('base64'),
    gh: () => `gh_${letters(12, 'abcdef0123456789')}`,
    secUid: () => `MS4wLjABAAAA${letters(43)}`,
    articleId: () => letters(22),
    qrToken: () => letters(20),
  };
}

/** A name of the account's own choice (微信号、微博个性域名). */
export const handleOf = (ids: MadeIds): string =>
  `x${ids.letters(3, LOWER.slice(0, 26))}${ids.letters(5, LOWER)}`;
