import hunan from '../../../templates/hunan.json' with { type: 'json' };
import { compileTemplate } from './compile-template.ts';
import type { Template } from './template.ts';

/** The founding document's habits: what is taken when nobody says which template, and what older bulletins were made with. */
export const FOUNDING: Template = compileTemplate(hunan, 'templates/hunan.json');
