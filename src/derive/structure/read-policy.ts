import type { AnyNode } from 'domhandler';
import type { PageLink } from '../site/page-links.ts';
import { documentNumberIn } from './title-kind.ts';

/** What the page of a policy file or an interpretation says of the other one. */
export interface PolicyReading {
  readonly documentNumber: string | null;
  /** Links of the page's own part that may lead to its counterpart, at most 30. */
  readonly links: readonly { readonly name: string; readonly url: string }[];
  /** Addresses of every link of the page: a counterpart may be linked beside the text. Null when there were too many to keep. */
  readonly targets: readonly string[] | null;
  /** A script of the page asks for more: a link that is not there may be written later. */
  readonly isScripted: boolean;
  /** Titles in 《》 that the text names, at most 12. */
  readonly named: readonly string[];
}

const LINKS_MAX = 30;
const TARGETS_MAX = 600;
const NAMED_MAX = 12;
const TEXT_MAX = 12_000;
const TITLED = /《([^《》]{4,80})》/gu;

/** Reads what ties a policy file and its interpretation together: links (outside the frame) and titles. */
export function readPolicy(
  text: string,
  links: readonly PageLink[],
  { chrome, isScripted }: { readonly chrome: ReadonlySet<AnyNode>; readonly isScripted: boolean },
): PolicyReading {
  const own = links.filter(
    ({ url, name, element }) => url !== null && name.length >= 4 && !isInside(element, chrome),
  );
  const named = [...text.slice(0, TEXT_MAX).matchAll(TITLED)].map(([, title]) => title!);
  const targets = [...new Set(links.flatMap(({ url }) => url ?? []))];
  return {
    targets: targets.length > TARGETS_MAX ? null : targets,
    isScripted,
    documentNumber: documentNumberIn(text),
    links: own.slice(0, LINKS_MAX).map(({ name, url }) => ({ name, url: url! })),
    named: [...new Set(named)].slice(0, NAMED_MAX),
  };
}

function isInside(node: AnyNode, set: ReadonlySet<AnyNode>): boolean {
  for (let up: AnyNode | null = node; up; up = up.parent as AnyNode | null)
    if (set.has(up)) return true;
  return false;
}

const INTERPRETS = /解读|图解|一图读懂|读懂|答记者问|政策问答|的?说明$/gu;

/** A title without what makes it an interpretation, marks and the words around a file's own name. */
export function policyKey(title: string): string {
  return title
    .normalize('NFKC')
    .replace(INTERPRETS, '')
    .replace(/[\s\p{P}《》〈〉]/gu, '')
    .replace(/^(关于)?(印发)?/u, '')
    .replace(/的?(通知|政策|文字|图文|专家)?$/u, '');
}

/** So short a name is too common to tie two pages together. */
const KEY_MIN = 8;

/** Whether an interpretation speaks of this policy file, by the file's title in its own title or in 《》. */
export function speaksOf(
  interpretation: { readonly title: string; readonly named: readonly string[] },
  policyTitle: string,
): boolean {
  const key = policyKey(policyTitle);
  if (key.length < KEY_MIN) return false;
  return [interpretation.title, ...interpretation.named].some((title) => {
    const other = policyKey(title);
    return other.length >= KEY_MIN && (other.includes(key) || key.includes(other));
  });
}
