import { nameKind } from '../../derive/structure/name-kind.ts';
import { sectionKind } from '../../derive/structure/section-kind.ts';
import { titlesKind } from '../../derive/structure/title-kind.ts';
import type { StandardKind } from '../../domain/facts/structure-facts.ts';
import type { JudgedCase, LabelledSet } from './measure.ts';
import { SECTION_NAMES_HELD } from './section-names-held.ts';
import { SECTION_NAMES_TUNED } from './section-names-tuned.ts';

const SITE = 'http://www.jia.gov.cn';

/** One line of a table of section names as the tree judges it: by name, place, address and titles. */
function judgeLine(line: string): JudgedCase {
  const [name = '', parent = '', path = '/', kind = '', titles = ''] = line.split('|');
  const shown = titles === '' ? [] : titles.split(';');
  const { kind: found } = sectionKind({
    name,
    url: `${SITE}${path}`,
    parentKind: parent === '' ? null : parentKindOf(parent),
    columnType: '',
    content:
      shown.length === 0
        ? null
        : {
            titles: titlesKind(shown),
            messages: 0,
            canWrite: false,
            guideLabels: 0,
            people: 0,
            tellsFunctions: false,
          },
    shape: 'list',
    override: null,
  });
  return { of: parent === '' ? name : `${parent} › ${name}`, expected: kind, found };
}

const parentKindOf = (name: string): StandardKind => nameKind(name).kind;

const setOf = (id: string, title: string, table: string): LabelledSet => ({
  id,
  title,
  judge: () =>
    table
      .split('\n')
      .filter((line) => line !== '')
      .map(judgeLine),
});

export const SECTION_KINDS_TUNED = setOf(
  'section-kinds-tuned',
  '栏目类别（写规则时看过的名称）',
  SECTION_NAMES_TUNED,
);
export const SECTION_KINDS_HELD = setOf(
  'section-kinds-held',
  '栏目类别（写规则时没有看过的名称）',
  SECTION_NAMES_HELD,
);
