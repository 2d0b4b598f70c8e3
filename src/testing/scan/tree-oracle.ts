import { type DefaultTreeAdapterTypes, parse } from 'parse5';

/** What a page leads to and says, read from a whole document tree: the independent second reading of the scanner's tests. */
export interface TreeReading {
  /** Kind and href, each pair once: a tree repeats an `<a>` that blocks cut up (§13.2.4.3). */
  readonly links: readonly string[];
  readonly title: string;
  /** Visible words without any white space. */
  readonly words: string;
  readonly siteName: string | undefined;
}

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

const LEADS: Readonly<Record<string, readonly (readonly [kind: string, attribute: string])[]>> = {
  a: [['page', 'href']],
  area: [['page', 'href']],
  img: [['image', 'src']],
  iframe: [['frame', 'src']],
  frame: [['frame', 'src']],
  form: [['form', 'action']],
  script: [['asset', 'src']],
  embed: [['asset', 'src']],
  object: [['asset', 'data']],
};
const SILENT = new Set([
  'script',
  'style',
  'title',
  'textarea',
  'noscript',
  'svg',
  'iframe',
  'xmp',
  'noframes',
]);

/** Links as for a reader without scripts (`<noscript>` counts), words as for one with them. */
export function treeReading(html: string): TreeReading {
  const { links } = readTree(parse(html, { scriptingEnabled: false }));
  return { ...readTree(parse(html)), links: [...new Set(links)] };
}

function readTree(document: DefaultTreeAdapterTypes.Document): TreeReading {
  const links: string[] = [];
  const found = { title: '', words: '', siteName: undefined as string | undefined };
  const visit = (node: Node, silent: boolean): void => {
    if (node.nodeName === '#text') {
      if (!silent) found.words += (node as DefaultTreeAdapterTypes.TextNode).value;
      return;
    }
    if (!('tagName' in node)) return;
    links.push(...linksOf(node));
    if (node.tagName === 'title' && found.title === '') found.title = titleOf(node);
    if (node.tagName === 'meta' && /^sitename$/i.test(attribute(node, 'name') ?? ''))
      found.siteName ??= attribute(node, 'content')?.trim();
    for (const child of node.childNodes) visit(child, silent || SILENT.has(node.tagName));
  };
  for (const child of document.childNodes) visit(child, false);
  return { ...found, words: found.words.replace(/\s/g, ''), links };
}

const attribute = (element: Element, name: string): string | undefined =>
  element.attrs.find((each) => each.name === name)?.value;

const titleOf = (element: Element): string =>
  element.childNodes
    .map((child) => ('value' in child ? child.value : ''))
    .join('')
    .replace(/\s+/g, ' ')
    .trim();

function linksOf(element: Element): string[] {
  const pairs = [...(LEADS[element.tagName] ?? [])];
  const found = pairs.map(([kind, name]) => [kind, attribute(element, name)] as const);
  if (element.tagName === 'link') {
    const rel = attribute(element, 'rel') ?? '';
    if (/stylesheet|icon/i.test(rel)) found.push(['asset', attribute(element, 'href')]);
  }
  if (element.tagName === 'input' && attribute(element, 'type') === 'image')
    found.push(['image', attribute(element, 'src')]);
  if (element.tagName === 'meta' && attribute(element, 'http-equiv') === 'refresh')
    found.push(['page', attribute(element, 'content')?.replace(/^.*url=/, '')]);
  const set = element.tagName === 'img' ? attribute(element, 'srcset') : undefined;
  if (set !== undefined)
    for (const each of set.split(', ')) found.push(['image', each.split(' ')[0]]);
  return found
    .filter(([, href]) => (href ?? '').trim() !== '' && !/^(?:javascript:|#)/i.test(href ?? ''))
    .map(([kind, href]) => `${kind} ${href?.trim()}`);
}
