/** An address of this console, or the first page: a link may not lead whoever signs in to somewhere else. */
export function ownAddress(to: string | undefined): string {
  if (to === undefined || !/^\/(?![/\\])/.test(to) || /^\/(login|setup|api)\b/.test(to)) return '/';
  return to;
}
