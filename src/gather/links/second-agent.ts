/**
 * The second honest agent string: a browser's form, our own name and contact page. Some firewalls answer 404 or 403 to every
 * agent that does not look like a browser; whoever reads it still sees who asks.
 */
export function secondAgent(userAgent: string): string {
  const contact = /\+?(https?:\/\/[^\s;)]+)/.exec(userAgent)?.[1];
  const browser =
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
  return `${browser} Xunjian/0.1${contact === undefined ? '' : ` (${contact})`}`;
}
