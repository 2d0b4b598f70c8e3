import type { AnyNode, Document, Element } from 'domhandler';
import { DomUtils } from 'htmlparser2';
import { isElement } from './linear-text.ts';

/** What a page offers a visitor to write in. */
export interface FormReading {
  /** A form in which a message can be written: a text area, or fields for title and content. */
  readonly canWrite: boolean;
  /** A password field, or words that ask to log in before writing. */
  readonly asksLogin: boolean;
  /** A mailbox address printed or linked. */
  readonly hasMailbox: boolean;
}

const MESSAGE_FIELD = /姓名|标题|主题|内容|联系方式|手机|电话|邮箱|身份证|留言|信件|验证码/u;
const LOGIN_FIRST =
  /(请|需|须|要)?(先)?(登\s*录|登陆|注册)(后|之后|才能|方可).{0,12}(留言|咨询|写信|提交|提问|建议|发布|互动)|(留言|咨询|写信|提问).{0,8}(请|需|须)先?(登录|注册)|统一身份认证/u;
const SEARCH_FORM = /search|sousuo|query|jiansuo|\bso\b/iu;
const MIN_FIELDS = 2;

/** Elements that say where one can write, or whom to. */
const LOOKED_AT = new Set(['textarea', 'form', 'input', 'a']);

/** Reads forms and mailbox of a page; a search box is no form to write in. */
export function readForms(document: Document): FormReading {
  const found = DomUtils.filter(
    (node) => isElement(node) && isLookedAt(node),
    document,
  ) as Element[];
  const named = (name: string): Element[] => found.filter((each) => each.name === name);
  const text = DomUtils.textContent(document);
  return {
    canWrite:
      named('textarea').some(isWritable) || found.some(isEditor) || named('form').some(isMessage),
    asksLogin:
      named('input').some((input) => input.attribs.type?.toLowerCase() === 'password') ||
      LOGIN_FIRST.test(text),
    hasMailbox: /[\w.-]+(@|＠|#|\(at\))[\w-]+\.[\w.]{2,}/iu.test(text) || named('a').some(isMailto),
  };
}

const isEditor = ({ attribs }: Element): boolean => attribs.contenteditable === 'true';
const isLookedAt = (element: Element): boolean => LOOKED_AT.has(element.name) || isEditor(element);
const isMailto = ({ attribs }: Element): boolean => /^mailto:/iu.test(attribs.href ?? '');
const inputs = (root: AnyNode): readonly Element[] => DomUtils.getElementsByTagName('input', root);

function isWritable(area: Element): boolean {
  const { attribs } = area;
  if (attribs.readonly !== undefined || attribs.disabled !== undefined) return false;
  if (/display\s*:\s*none/iu.test(attribs.style ?? '')) return false;
  return !SEARCH_FORM.test(`${attribs.name ?? ''} ${attribs.id ?? ''}`) && !isComment(area);
}

function isComment(area: Element): boolean {
  const words = `${area.attribs.name ?? ''} ${area.attribs.id ?? ''} ${area.attribs.class ?? ''}`;
  return /\b(share|embed|copy|qrcode|code)\b/iu.test(words);
}

/** A form with several text fields whose words are those of a message. */
function isMessage(form: Element): boolean {
  const { action = '', name = '', id = '', class: classes = '' } = form.attribs;
  if (SEARCH_FORM.test(`${action} ${name} ${id} ${classes}`)) return false;
  const all = inputs(form);
  if (all.some((input) => input.attribs.type === 'password')) return false;
  const fields = all.filter((input) => /^(text|tel|email|)$/iu.test(input.attribs.type ?? ''));
  const hints = fields.map((field) => field.attribs.placeholder ?? '').join(' ');
  const found = new Set(
    `${DomUtils.textContent(form)} ${hints}`.match(new RegExp(MESSAGE_FIELD, 'gu')) ?? [],
  );
  return fields.length >= MIN_FIELDS && found.size >= MIN_FIELDS;
}
