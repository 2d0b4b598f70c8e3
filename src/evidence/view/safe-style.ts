/** Inline styles that only say how letters look. What hides, moves or loads something is left out: an inspector sees all. */
const COLOR = /^(#[\da-f]{3,8}|[a-z]{3,20}|rgba?\(\s*\d{1,3}%?(\s*,\s*[\d.]{1,5}%?){2,3}\s*\))$/i;
const PROPERTIES: Readonly<Record<string, RegExp>> = {
  color: COLOR,
  'background-color': COLOR,
  'font-weight': /^(normal|bold|bolder|lighter|[1-9]00)$/i,
  'font-style': /^(normal|italic|oblique)$/i,
  'text-align': /^(left|right|center|justify)$/i,
  'text-decoration': /^(none|underline|line-through)$/i,
};
/** A style longer than this is no style of a paragraph. */
const STYLE_CHARACTERS_MAX = 2_000;

/** The declarations of a style attribute that are on the list, written anew. */
export function safeStyle(style: string): string {
  // An escape or a comment can spell any word: then nothing of it is believed.
  if (style.length > STYLE_CHARACTERS_MAX || /[\\]|\/\*/.test(style)) return '';
  return style
    .split(';')
    .flatMap((declaration) => {
      const colon = declaration.indexOf(':');
      const name = declaration.slice(0, colon).trim().toLowerCase();
      const value = declaration.slice(colon + 1).trim();
      return colon > 0 && PROPERTIES[name]?.test(value) ? [`${name}: ${value}`] : [];
    })
    .join('; ');
}
