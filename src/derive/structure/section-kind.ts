import { STANDARD_KINDS, type StandardKind } from '../../domain/facts/structure-facts.ts';
import type { SectionKind } from '../../domain/site-facts.ts';
import { type CombinedKind, combineKind } from './combine-kind.ts';
import { type ContentSigns, contentKind } from './content-kind.ts';
import { type KindVote, TELLING } from './kind-vote.ts';
import { nameKind } from './name-kind.ts';
import { urlKind } from './url-kind.ts';

/** Everything that may tell what a section is for. */
export interface SectionSigns {
  readonly name: string;
  readonly url: string;
  /** Kind of the section above; null on the first level. */
  readonly parentKind: StandardKind | null;
  /** ColumnType tag of its page; '' without. */
  readonly columnType: string;
  /** Null while its page was not read. */
  readonly content: ContentSigns | null;
  /** How the page is built, when nothing says what it is for. */
  readonly shape: 'list' | 'page';
  /** What a person decided for this address. */
  readonly override: StandardKind | null;
}

/** Under these a section without a telling name is of the same kind: 企业办事 under 办事服务, 县区 under 工作动态 is not. */
const HEIRS: ReadonlySet<StandardKind> = new Set([
  'service',
  'consultation',
  'interaction',
  'overview',
  'functions',
  'leaders',
  'data',
  'topic',
  'interpretation',
  'disclosure',
  'survey',
]);
const PLACE_WEIGHT = 50;
/** The tag is often copied from another page, so it says less than a name. */
const TAG_WEIGHT = 70;

/** The kind of one section, with how sure it is and what said so. */
export function sectionKind(signs: SectionSigns): CombinedKind {
  const name = nameKind(signs.name);
  const votes: KindVote[] = [name];
  const add = (vote: KindVote | null): void => void (vote && votes.push(vote));
  add(signs.override && { kind: signs.override, weight: 100, from: 'person' });
  add(tagKind(signs.columnType));
  add(placeKind(signs.parentKind, name));
  add(urlKind(signs.url));
  if (signs.content) votes.push(...contentKind(signs.content));
  if (signs.shape === 'page') votes.push({ kind: 'page', weight: 30, from: 'content' });
  return combineKind(votes);
}

function placeKind(parent: StandardKind | null, name: KindVote): KindVote | null {
  if (parent === null || !HEIRS.has(parent) || name.weight >= TELLING) return null;
  return { kind: parent, weight: PLACE_WEIGHT, from: 'place' };
}

/** Values of ColumnType (国办发〔2017〕47号, 网页设计规范) that are not words of a name already. */
function tagKind(columnType: string): KindVote | null {
  const said = columnType.trim();
  if (said === '' || said.length > 12 || /^(null|undefined|栏目页?|首页)$/iu.test(said))
    return null;
  const exact = (Object.keys(STANDARD_KINDS) as StandardKind[]).find(
    (kind) => STANDARD_KINDS[kind] === said,
  );
  const named = nameKind(said);
  const kind = exact ?? (named.weight >= 75 ? named.kind : null);
  return kind === null ? null : { kind, weight: TAG_WEIGHT, from: 'tag' };
}

/** The kind by which the veto rules count a section of this kind. */
export function vetoKindOf(kind: StandardKind): SectionKind {
  switch (kind) {
    case 'functions':
    case 'leaders':
    case 'overview':
      return 'page';
    case 'consultation':
    case 'survey':
    case 'interview':
      return 'interaction';
    case 'topic':
      return 'channel';
    default:
      return kind;
  }
}
