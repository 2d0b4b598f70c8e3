/** One paragraph a line; empty lines are none. Null when nothing was written, so that the platform's own stand. */
export function paragraphsOf(text: string): string[] | null {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
  return lines.length > 0 ? lines : null;
}
