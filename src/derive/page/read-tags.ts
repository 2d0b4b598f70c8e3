import type { Document } from 'domhandler';
import { DomUtils } from 'htmlparser2';

/** Page tags of 国办发〔2017〕47号, lower-cased. */
const TAG_NAMES = new Set([
  'sitename',
  'sitedomain',
  'siteidcode',
  'columnname',
  'columndescription',
  'columnkeywords',
  'columntype',
  'articletitle',
  'pubdate',
  'contentsource',
  'keywords',
  'author',
  'description',
  'image',
  'url',
  'contentstart',
  'maketime',
  'firstpublishedtime',
  'lastmodifiedtime',
]);
const CONTENT_MAX = 500;

/** The page tags by lower-cased name, as they stand; a tag in a comment is none, the first of two counts. */
export function readTags(document: Document): Record<string, string> {
  const tags: Record<string, string> = {};
  for (const meta of DomUtils.getElementsByTagName('meta', document)) {
    const name = (meta.attribs.name ?? '').trim().toLowerCase();
    if (TAG_NAMES.has(name) && tags[name] === undefined)
      tags[name] = (meta.attribs.content ?? '').trim().slice(0, CONTENT_MAX);
  }
  return tags;
}
