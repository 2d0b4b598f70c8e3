import { ARTICLES_PER_SECTION, articlePath } from '../sites/address.ts';
import { type Draw, drawFrom } from '../sites/draw.ts';
import type { ListItem } from '../sites/list-items.ts';
import type { Section } from '../sites/section.ts';
import { listOf, type SiteModel } from '../sites/site-model.ts';
import { PLAIN_FORMS } from '../sites/traits.ts';
import { FAULT_KINDS, type Planted, type PlantedKind, TRAPS } from './planted.ts';
import { drawSentence } from './words.ts';

/** Lists whose items stand in the page's markup: what is planted below them can be reached without a browser. */
const PLAIN: readonly string[] = PLAIN_FORMS.filter((form) => form !== 'definition');

/** What one kind is worth per so many pages of the site. */
const PAGES_PER_PLANTED = 120;
const PER_KIND_MAX = 12;

interface Carrier {
  readonly section: Section;
  readonly item: ListItem;
}

const planted = new WeakMap<SiteModel, readonly Planted[]>();

/** Everything planted in a site, in a fixed order; nothing when the site was not grown. */
export function plantedIn(model: SiteModel): readonly Planted[] {
  const known = planted.get(model);
  if (known) return known;
  const made = model.plan.whole ? plan(model, model.plan.whole.pages) : [];
  planted.set(model, made);
  return made;
}

function plan(model: SiteModel, pages: number): Planted[] {
  const draw = drawFrom(model.plan.seed, 'planted');
  const kinds: readonly PlantedKind[] = [...FAULT_KINDS, ...TRAPS];
  const each = Math.min(PER_KIND_MAX, Math.max(1, Math.round(pages / PAGES_PER_PLANTED)));
  const carriers = draw.some(carriersOf(model), kinds.length * each);
  // Sites too small for all of them carry what they can.
  return carriers.map((carrier, at) =>
    plant(model, kinds[at % kinds.length]!, carrier, { draw, serial: at }),
  );
}

function carriersOf(model: SiteModel): Carrier[] {
  return model.sections
    .filter(
      (section) => section.mode === 'list' && !section.repeats && PLAIN.includes(section.form),
    )
    .flatMap((section) =>
      listOf(model, section)
        .filter((item) => item.href === null)
        .map((item) => ({ section, item })),
    );
}

function plant(
  model: SiteModel,
  kind: PlantedKind,
  carrier: Carrier,
  { draw, serial }: { readonly draw: Draw; readonly serial: number },
): Planted {
  const { plan: site } = model;
  const articleId = carrier.item.id;
  const scene = { place: site.place, org: site.sponsor };
  const sentence = drawSentence(kind, draw, scene);
  if (sentence) return { kind, articleId, target: null, ...sentence };
  return { kind, articleId, ...linkOf(model, kind, carrier, serial) };
}

/** Numbers of articles that no list reaches. */
const FREE_FROM = ARTICLES_PER_SECTION - 45;

/** An address as the site's own system would give an article, under a number that only this link uses. */
function freePath(model: SiteModel, { section, item }: Carrier, serial: number): string {
  const id = section.index * ARTICLES_PER_SECTION + FREE_FROM + (serial % 45);
  const path = articlePath(model.traits.system, section, id, item.date);
  // Two carriers of one section may meet on one number; the query keeps them apart, as counters do on real sites.
  return `${path}?id=${serial}`;
}

type Link = Pick<Planted, 'target' | 'words' | 'sentence'>;

const filePath = (date: string, serial: number, ending: string): string =>
  `/attach/${date.slice(0, 4)}/P${date.replaceAll('-', '')}${String(380_000 + serial)}.${ending}`;

function linkOf(model: SiteModel, kind: PlantedKind, carrier: Carrier, serial: number): Link {
  const { date } = carrier.item;
  const page = (words: string): Link => ({
    target: freePath(model, carrier, serial),
    words,
    sentence: '相关链接：',
  });
  const file = (ending: string, words: string): Link => ({
    target: filePath(date, serial, ending),
    words,
    sentence: '附件：',
  });
  switch (kind) {
    case 'deadFile':
      return file('doc', '申报表格.doc');
    case 'lyingFile':
      return file('pdf', '实施细则.pdf');
    case 'goodFile':
      return file('pdf', '名单公示.pdf');
    case 'deadPicture':
      return { ...file('jpg', '活动现场'), sentence: '' };
    case 'wrongTarget':
      return wrongLink(model, carrier, serial);
    case 'wall':
      return page('数据开放平台说明');
    case 'headRefused':
      return page('在线查询入口说明');
    default:
      return page('有关情况说明');
  }
}

/** A link that names one document of the site and leads to another of a different section. */
function wrongLink(model: SiteModel, carrier: Carrier, serial: number): Link {
  const lists = model.sections.filter(
    (section) => section.mode === 'list' && section.titles === 'policy',
  );
  const named = lists.flatMap((section) => listOf(model, section));
  const others = model.sections.filter(
    (section) => section.mode === 'list' && section.titles === 'news',
  );
  const targets = others.flatMap((section) => listOf(model, section)).filter((item) => !item.href);
  const name = named[serial % named.length]?.title ?? '管理办法';
  const target = targets[(serial * 7) % targets.length] ?? carrier.item;
  return { target: target.path, words: `《${name.replace(/[《》]/g, '')}》`, sentence: '全文见：' };
}
