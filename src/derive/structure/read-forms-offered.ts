import type { PageLink } from '../site/page-links.ts';

/** A form or sample that a guide offers: with an address, or named and not linked (`url` null). */
export interface OfferedForm {
  readonly name: string;
  readonly url: string | null;
  /** A click runs a script: where it leads cannot be told. */
  readonly byScript: boolean;
}

const FILE = /\.(docx?|xlsx?|wps|et|pdf|rtf|zip|rar|7z|jpe?g|png|tiff?|ofd)(?=$|[?&#])/iu;
const DOWNLOAD_PATH = /download|attach|upload|filedown|\/file\/|getfile|affix/iu;
/** 申请表, 承诺书, 样表 …: what an applicant fills in, or the sample of it. */
const FORM_NAME =
  /(申请|登记|申报|备案|审批|审核|变更|注销|信息|基本情况|承诺|委托|报告|推荐|汇总|明细|呈报|核准|报名|认定|报审|许可)?(表格?|申请书|登记书|承诺书|委托书|申报书)(样本|样表|范本|示例|模板|空表|下载)?|样表|样本|空表|空白表|示范文本|格式文本|填写说明|范本|模板/u;
const NO_FORM =
  /一览表|时间表|流程图|列车|代表|发表|收费标准表?$|公示表$|日程表|价格表|统计表$|目录表$|联系表$|表彰|表扬|表决/u;
const FORMS_MAX = 12;

/** Forms and samples that the links of a guide's page offer, each address once. */
export function offeredForms(links: readonly PageLink[]): readonly OfferedForm[] {
  const found = new Map<string, OfferedForm>();
  for (const link of links) {
    if (found.size >= FORMS_MAX) break;
    const name = (link.name || link.title).slice(0, 80);
    const isFile = link.url !== null && FILE.test(link.url);
    const isNamed = FORM_NAME.test(name) && !NO_FORM.test(name);
    if (!isNamed || name.length < 2) continue;
    if (link.url === null) {
      const { attribs } = link.element;
      // A script may find its link by class, id or data: only a bare one surely leads nowhere.
      const byScript =
        Object.keys(attribs).some((key) => /^(onclick|class|id|data-.*)$/u.test(key)) ||
        /^javascript:.{6,}/iu.test(attribs.href ?? '');
      if (link.element.name === 'a') found.set(`name ${name}`, { name, url: null, byScript });
      continue;
    }
    if (isFile || DOWNLOAD_PATH.test(link.url))
      found.set(link.url, { name, url: link.url, byScript: false });
  }
  return [...found.values()];
}

/** First bytes of the types in which forms are published. */
const SIGNATURES: readonly (readonly [type: string, bytes: readonly number[]])[] = [
  ['pdf', [0x25, 0x50, 0x44, 0x46]],
  ['zip', [0x50, 0x4b, 0x03, 0x04]],
  ['ole', [0xd0, 0xcf, 0x11, 0xe0]],
  ['rtf', [0x7b, 0x5c, 0x72, 0x74]],
  ['rar', [0x52, 0x61, 0x72, 0x21]],
  ['7z', [0x37, 0x7a, 0xbc, 0xaf]],
  ['jpeg', [0xff, 0xd8, 0xff]],
  ['png', [0x89, 0x50, 0x4e, 0x47]],
  ['gif', [0x47, 0x49, 0x46, 0x38]],
  ['tiff', [0x49, 0x49, 0x2a, 0x00]],
  ['tiff', [0x4d, 0x4d, 0x00, 0x2a]],
];
/** Which containers an extension may really be: docx, xlsx and ofd are zips, doc and wps are OLE; offices rename them freely. */
const OFFICE = ['zip', 'ole', 'rtf', 'pdf', 'html'];
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  pdf: ['pdf'],
  zip: ['zip', 'rar', '7z'],
  rar: ['rar', 'zip', '7z'],
  '7z': ['7z', 'zip'],
  ofd: ['zip'],
  jpg: ['jpeg', 'png', 'gif'],
  jpeg: ['jpeg', 'png', 'gif'],
  png: ['png', 'jpeg', 'gif'],
  tif: ['tiff'],
  tiff: ['tiff'],
};

const HEAD_BYTES = 512;

/** What the first bytes say that a file is; `html`, `text` or `unknown` when no signature fits. */
export function sniffFile(bytes: Uint8Array): string {
  for (const [type, signature] of SIGNATURES)
    if (signature.every((byte, at) => bytes[at] === byte)) return type;
  const head = new TextDecoder('latin1')
    .decode(bytes.subarray(0, HEAD_BYTES))
    .replace(/^\W{0,8}/u, '');
  if (/^<?(!doctype html|html|head|body|\?xml|script)/iu.test(head)) return 'html';
  return bytes.subarray(0, HEAD_BYTES).includes(0) ? 'unknown' : 'text';
}

/**
 * Whether a file opens as what its address promises; a Chinese reason when not. Word and WPS save pages as .doc in HTML, which
 * opens: only an error page in HTML is none.
 */
export function whyBroken(bytes: Uint8Array, url: string): string | null {
  if (bytes.byteLength === 0) return '文件是空的';
  const type = sniffFile(bytes);
  const extension = FILE.exec(new URL(url).pathname)?.[1]?.toLowerCase() ?? '';
  if (type === 'unknown') return null;
  const allowed = ALLOWED[extension] ?? OFFICE;
  if (type === 'html' || type === 'text') {
    const text = new TextDecoder().decode(bytes.subarray(0, 4096));
    if (/404|not found|不存在|找不到|无法访问|出错|error/iu.test(text))
      return '打开的是报错页面，不是文件';
    if (extension !== '' && !allowed.includes('html')) return '打开的是网页，不是文件';
    return null;
  }
  return allowed.includes(type) || extension === ''
    ? null
    : `内容是 ${type}，与扩展名 .${extension} 不符`;
}
