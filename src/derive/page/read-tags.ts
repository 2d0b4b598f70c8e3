import type { Element } from 'domhandler';

/** Page tags of 国办发〔2017〕47号 and what systems write beside them, lower-cased. */
const TAG_NAMES = new Set(
  (
    'sitename sitedomain siteidcode columnname columndescription columnkeywords columntype articletitle pubdate ' +
    'contentsource keywords author description image url contentstart maketime firstpublishedtime lastmodifiedtime ' +
    'publishdate filetype'
  ).split(' '),
);
const CONTENT_MAX = 500;

/** The page tags by lower-cased name, as they stand (`''` and `'null'` too); a tag in a comment is none, the first of two with words counts. */
export function readTags(metas: readonly Element[]): Record<string, string> {
  const tags: Record<string, string> = {};
  for (const { attribs } of metas) {
    const name = (attribs.name ?? attribs.property ?? '').trim().toLowerCase();
    if (TAG_NAMES.has(name) && !tags[name])
      tags[name] = (attribs.content ?? '').trim().slice(0, CONTENT_MAX);
  }
  return tags;
}

/** Whether a tag stands there without saying anything. */
export const isEmptyTag = (content: string | undefined): boolean =>
  content === undefined || /^(?:null|undefined|nan|无|-+)?$/i.test(content.trim());

export const emptyTags = (tags: Readonly<Record<string, string>>): string[] =>
  Object.keys(tags).filter((name) => isEmptyTag(tags[name]));
