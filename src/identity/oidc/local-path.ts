const PATH_CHARACTERS_MAX = 500;
/** Pages that send whoever is signed in elsewhere, and what is no page. */
const NO_PAGE = /^\/(?:login|setup|password|api)(?:[/?#]|$)/;

/** A path of our own console, or `/`: nobody who signs in is led to another site (CWE-601). */
export function localPath(wanted: string | undefined): string {
  if (wanted === undefined || wanted.length > PATH_CHARACTERS_MAX) return '/';
  // Browsers drop tabs and line ends, and read a backslash as a slash: `/\evil.example` leads away.
  if (!/^\/(?![/\\])[^\\\p{Cc}]*$/u.test(wanted)) return '/';
  const base = 'http://own.invalid';
  const url = URL.parse(wanted, base);
  if (url === null || url.origin !== base) return '/';
  const path = `${url.pathname}${url.search}${url.hash}`;
  // `/.//evil.example` is a path of ours before it is normalized, and the name of another host after.
  return path.startsWith('//') || NO_PAGE.test(path) ? '/' : path;
}
