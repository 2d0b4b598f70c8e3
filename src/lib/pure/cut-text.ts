/**
 * The first `max` UTF-16 units of a text from outside, one less where the cut would fall inside a character beyond the basic
 * plane: half an emoji is no text, and no database takes it.
 */
export function cutText(text: string, max: number): string {
  if (text.length <= max) return text;
  const last = text.charCodeAt(max - 1);
  const splits = last >= 0xd800 && last <= 0xdbff;
  return text.slice(0, splits ? max - 1 : max);
}
