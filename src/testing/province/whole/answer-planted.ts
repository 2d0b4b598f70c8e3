import type { ListItem } from '../sites/list-items.ts';
import { listOf, type SiteModel } from '../sites/site-model.ts';
import type { SiteRequest, SiteResponse } from '../sites/site-plan.ts';
import { plantedIn } from './plan-planted.ts';
import type { Planted } from './planted.ts';

/** What the site itself says at a planted address; `page` = a page of the site with this text. */
export type PlantedAnswer = SiteResponse | { readonly page: 'gone' | 'missing' | 'good' };

const targets = new WeakMap<SiteModel, Map<string, Planted>>();

function targetsOf(model: SiteModel): Map<string, Planted> {
  let known = targets.get(model);
  if (!known) {
    const links = plantedIn(model).filter((each) => each.kind !== 'wrongTarget');
    known = new Map(links.flatMap((each) => (each.target ? [[each.target, each]] : [])));
    targets.set(model, known);
  }
  return known;
}

const answer = (
  status: number,
  body: Buffer,
  type: string,
  headers: Record<string, string> = {},
): SiteResponse => ({
  status,
  headers: { 'content-type': type, 'content-length': String(body.length), ...headers },
  body,
  chunked: false,
});

const text = (status: number, body: string, headers?: Record<string, string>): SiteResponse =>
  answer(status, Buffer.from(body), 'text/html; charset=utf-8', headers);

/** A document of one empty page: small, and it opens. */
const PDF = Buffer.from(
  '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n',
);

const firstNews = (model: SiteModel): ListItem | undefined => {
  const section = model.sections.find((each) => each.mode === 'list' && each.pace === 'news');
  return section && listOf(model, section)[0];
};

/** Answers at planted addresses; `asked` counts requests of one address from 1. Null = not a planted address. */
export function answerPlanted(
  model: SiteModel,
  request: SiteRequest,
  asked: number,
): PlantedAnswer | null {
  const found = targetsOf(model).get(request.path);
  if (!found) return null;
  const isHead = request.method === 'HEAD';
  switch (found.kind) {
    case 'deadPage':
    case 'deadFile':
    case 'deadPicture':
      return { page: 'gone' };
    case 'broken':
      return text(500, '<html><body><h1>500 Internal Server Error</h1></body></html>');
    case 'soft404':
      return { page: 'missing' };
    case 'lyingFile':
      return text(200, '<html><head><title>提示</title></head><body>文件不存在</body></html>');
    case 'toHome':
      return text(302, '', { location: '/' });
    case 'moved':
      return text(301, '', { location: firstNews(model)?.path ?? '/' });
    case 'wall':
      return text(403, '<html><body><h1>403 Forbidden</h1>访问被拦截，请求存在威胁</body></html>');
    case 'headRefused':
      return isHead ? text(405, '', { allow: 'GET' }) : { page: 'good' };
    case 'busyOnce':
      return asked === 1 ? text(503, 'busy', { 'retry-after': '1' }) : { page: 'good' };
    case 'botsOnly':
      return isHead ? text(404, '') : { page: 'good' };
    case 'goodFile':
      return answer(200, PDF, 'application/pdf');
    default:
      return null;
  }
}
