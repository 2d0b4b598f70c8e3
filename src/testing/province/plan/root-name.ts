import type { ProvinceCase } from '../read-case.ts';

const PLACE = /^([\u4e00-\u9fa5]{2,8}?(?:省|自治区|自治州|市|州|盟|县|区))/;

/** The place whose office issued the case: 湖南省 of 湖南省政务管理服务局. */
export function rootName({ issuer, title }: Pick<ProvinceCase, 'issuer' | 'title'>): string {
  const fromIssuer = PLACE.exec(issuer.trim())?.[1];
  if (fromIssuer) return fromIssuer;
  const words = title.replace(/^关于/, '').replace(/^\d{4}年第?.{0,3}(?:季度|半年|次)/, '');
  const fromTitle = PLACE.exec(words)?.[1];
  return fromTitle && !/^[全我各本]/.test(fromTitle) ? fromTitle : '本省';
}
