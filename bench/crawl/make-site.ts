import iconv from 'iconv-lite';
import { seededRandom } from '../../src/lib/pure/random.ts';

/** An answer of a made site. */
export interface MadeAnswer {
  readonly status: number;
  readonly type: string;
  readonly location?: string;
  readonly body: Buffer;
}

/** One site of the crawl benchmark: deterministic, answered from memory, with what a whole walk must find broken. */
export interface MadeSite {
  readonly charset: 'utf-8' | 'gbk';
  readonly pages: number;
  /** Paths that pages link to and that do not lead to anything (404, or a redirect that ends in one). */
  readonly broken: ReadonlySet<string>;
  answer(path: string): MadeAnswer;
}

const WORDS =
  '政务公开 工作部署 依法行政 优化服务 营商环境 乡村振兴 生态环境 安全生产 防汛抗旱 市场监管 医疗保障 养老服务 就业创业 教育发展 招生考试 住房保障 ' +
  '城市更新 道路养护 水利建设 粮食收购 农业技术 文化活动 旅游推介 体育赛事 科技创新 数据共享 项目审批 财政预算 决算公开 政府采购 人事任免 招聘公告 ' +
  '领导调研 会议召开 意见征集 结果反馈 办事指南 材料清单 受理条件 办理流程 联系方式 监督举报 权责清单 年度报告 规范性文件 政策解读 专题学习 督查检查';
const PARAGRAPHS = 300;
const SECTIONS = 15;
const RELATED = 78;

/** Makes site number `index`: even ones in UTF-8, odd ones in GBK declared as gb2312. About 45 KB and 100 links a page. */
export function makeSite(index: number, pages: number): MadeSite {
  const random = seededRandom(`crawl ${index}`);
  const charset = index % 2 === 0 ? 'utf-8' : 'gbk';
  const encode = (text: string): Buffer =>
    charset === 'gbk' ? iconv.encode(text, 'gbk') : Buffer.from(text);
  const words = WORDS.split(' ');
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)]!;
  const phrase = (count: number): string =>
    Array.from({ length: count }, () => pick(words)).join('');
  const rare = (): string => String.fromCharCode(0x4e00 + Math.floor(random() * 5_000));
  const paragraphs = Array.from({ length: PARAGRAPHS }, () =>
    encode(
      `<p style="text-indent:2em;line-height:28px"><span style="font-family:仿宋;font-size:16pt">${Array.from({ length: 6 }, () => `${phrase(6)}${rare()}，`).join('')}特此通知。</span></p>\n`,
    ),
  );
  const plan = planSite(pages);
  const titles = Array.from(
    { length: pages },
    () => `关于${phrase(3)}的${pick(['通知', '公告', '意见', '批复'])}`,
  );
  const frame = pageFrame(index, charset, encode);
  const listItems = titles.map((title, page) =>
    encode(
      `<li><span class="date">20${10 + (page % 11)}-0${1 + (page % 9)}-1${page % 10}</span><a href="${pathOf(page)}" target="_blank" title="${title}">${title}</a></li>\n`,
    ),
  );
  const answers = plannedAnswers(plan);
  const html = (page: number): Buffer => {
    const picked = seededRandom(`page ${index} ${page}`);
    const any = (below: number): number => Math.floor(picked() * below);
    const body = Array.from({ length: 20 + any(34) }, () => paragraphs[any(PARAGRAPHS)]!);
    // Each page leads to the next two of a tree, so that a walk reaches all of them, and to many others.
    const tree = [page * 2 + 1, page * 2 + 2]
      .filter((next) => next < pages)
      .map((next) => listItems[next]!);
    const related = Array.from({ length: RELATED }, () => listItems[any(pages)]!);
    const special = plan.specials.filter((_, at) => at % pages === page || at === page).map(encode);
    const head = encode(
      `<title>${titles[page]}</title>\n<meta name="PubDate" content="2020-0${1 + (page % 9)}-12 09:30">\n`,
    );
    return Buffer.concat([
      frame.top,
      head,
      frame.menu,
      ...body,
      ...special,
      ...tree,
      ...related,
      frame.foot,
    ]);
  };
  const kept = new Map<string, Buffer>();
  return {
    charset,
    pages,
    broken: plan.broken,
    answer: (path) => {
      const planned = answers.get(path);
      if (planned) return planned;
      const page = pageOf(path);
      if (page === null || page >= pages)
        return { status: 404, type: 'text/html', body: Buffer.from('404') };
      // The first walk makes the pages, later ones find them made: what is measured is the crawler.
      const made = kept.get(path) ?? html(page);
      kept.set(path, made);
      return { status: 200, type: 'text/html', body: made };
    },
  };
}

const pathOf = (page: number): string =>
  page === 0 ? '/' : `/c${page % SECTIONS}/2020${10 + (page % 3)}/t2020${100 + page}_${page}.html`;

function pageOf(path: string): number | null {
  if (path === '/') return 0;
  const page = Number(/^\/c\d+\/\d+\/t\d+_(\d+)\.html$/.exec(path)?.[1] ?? Number.NaN);
  return !Number.isNaN(page) && pathOf(page) === path ? page : null;
}

interface Plan {
  /** Links that stand on one page each. */
  readonly specials: readonly string[];
  readonly broken: ReadonlySet<string>;
  readonly redirects: ReadonlyMap<string, string>;
  readonly files: readonly string[];
}

/** Per thousand pages: 40 links to nothing, 5 redirects to nothing, 3 lost pictures, 20 good redirects, 30 attachments. */
function planSite(pages: number): Plan {
  const share = (perThousand: number): number[] =>
    Array.from({ length: Math.max(1, Math.round((pages * perThousand) / 1_000)) }, (_, at) => at);
  const lost = share(40).map((at) => `/c${at % SECTIONS}/lost/t${at}.html`);
  const dead = share(5).map((at) => `/jump/dead${at}.html`);
  const pictures = share(3).map((at) => `/upload/lost${at}.jpg`);
  const good = share(20).map((at) => `/jump/${at}.html`);
  const files = share(30).map((at) => `/upload/f${at}.${['pdf', 'doc', 'xls'][at % 3]}`);
  const redirects = new Map([
    ...dead.map((path) => [path, path.replace('jump', 'gone')] as const),
    ...good.map((path, at) => [path, pathOf((at * 7 + 1) % pages)] as const),
  ]);
  const link = (path: string): string => `<p class="fj"><a href="${path}">附件、旧栏目</a></p>\n`;
  return {
    specials: [
      ...[...lost, ...dead, ...good, ...files].map(link),
      ...pictures.map((path) => `<img src="${path}" alt="图">\n`),
    ],
    broken: new Set([...lost, ...dead, ...pictures]),
    redirects,
    files,
  };
}

const ASSETS = ['/style/main.css', '/js/common.js', '/images/logo.png', '/images/foot.png'];

function plannedAnswers({ redirects, files }: Plan): Map<string, MadeAnswer> {
  const empty = Buffer.alloc(0);
  const pdf = Buffer.concat([Buffer.from('%PDF-1.4\n'), Buffer.alloc(40_000, 'x')]);
  const ole = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(40_000, 'x')]);
  return new Map<string, MadeAnswer>([
    ...[...redirects].map(
      ([from, location]) =>
        [from, { status: 301, type: 'text/html', location, body: empty }] as const,
    ),
    ...files.map((path) => {
      const isPdf = path.endsWith('.pdf');
      return [
        path,
        {
          status: 200,
          type: isPdf ? 'application/pdf' : 'application/msword',
          body: isPdf ? pdf : ole,
        },
      ] as const;
    }),
    ...ASSETS.map((path) => {
      const type = path.endsWith('.css')
        ? 'text/css'
        : path.endsWith('.js')
          ? 'text/javascript'
          : 'image/png';
      return [
        path,
        { status: 200, type, body: Buffer.from('\x89PNG\r\n\x1a\n'.padEnd(600, ' '), 'latin1') },
      ] as const;
    }),
    ['/robots.txt', { status: 404, type: 'text/plain', body: empty }],
  ]);
}

function pageFrame(index: number, charset: string, encode: (text: string) => Buffer) {
  const declared = charset === 'gbk' ? 'gb2312' : 'utf-8';
  const menu = Array.from(
    { length: SECTIONS },
    (_, at) => `<li class="nav-item"><a href="${pathOf(at + 1)}">栏目${at + 1}</a></li>\n`,
  );
  return {
    top: encode(
      `<!DOCTYPE html>\n<html>\n<head>\n<meta charset="${declared}">\n<link rel="stylesheet" href="/style/main.css">\n<script src="/js/common.js"></script>\n`,
    ),
    menu: encode(
      `</head>\n<body>\n<!-- 头部 --><div class="top"><img src="/images/logo.png" alt="某县人民政府"></div>\n<ul class="nav">\n<li><a href="/">首页</a></li>${menu.join('')}</ul>\n<div class="article TRS_Editor">\n`,
    ),
    foot: encode(
      `</div>\n<div class="footer"><p>主办：某县人民政府办公室　网站标识码：43010000${10 + index}</p><a href="javascript:window.print()">打印</a><a href="#top">顶部</a><img src="/images/foot.png"></div>\n<script>var _hmt=_hmt||[];(function(){for(var i=0;i<10&&i>=0;i++){_hmt.push(i)}})();</script>\n</body>\n</html>\n`,
    ),
  };
}
