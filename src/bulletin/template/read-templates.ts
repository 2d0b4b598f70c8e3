import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { UserError } from '../../lib/pure/errors.ts';
import { compileTemplate } from './compile-template.ts';
import { FOUNDING } from './founding.ts';
import type { Template } from './template.ts';

/** A template is some tens of kilobytes. */
const TEMPLATE_BYTES_MAX = 1024 * 1024;
/** More files in a folder are not templates of one office. */
const TEMPLATES_MAX = 200;

export interface TemplateDeps {
  /** Folders of template files: those that are shipped, then the installation's own, which win over a shipped one of the same id. */
  readonly templateDirs: readonly string[];
}

/** A template that can be chosen, or why one of the files cannot. */
export interface ListedTemplate {
  readonly id: string;
  readonly name: string;
  readonly basis: string;
  readonly sha256: string;
  /** Empty when it can be used. */
  readonly faults: readonly string[];
}

/** Every template of the folders by its id; a broken one is listed with its faults and breaks no other. */
export async function listTemplates({ templateDirs }: TemplateDeps): Promise<ListedTemplate[]> {
  const listed = new Map<string, ListedTemplate>();
  for (const folder of templateDirs)
    for (const file of await filesOf(folder)) {
      const found = await readListed(join(folder, file));
      listed.set(found.id, found);
    }
  return [...listed.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

async function readListed(path: string): Promise<ListedTemplate> {
  try {
    const { id, name, basis, sha256 } = await readTemplateFile(path);
    return { id, name, basis, sha256, faults: [] };
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    const name = basename(path, '.json');
    return { id: name, name, basis: '', sha256: '', faults: [error.message, ...error.details] };
  }
}

/** The template of an id; without one the founding document's. Throws {@link UserError} `bulletin.template.unknown`, `bulletin.template`. */
export async function readTemplate(deps: TemplateDeps, id: string | undefined): Promise<Template> {
  if (id === undefined) return FOUNDING;
  // The folders' own come last and win.
  for (const folder of deps.templateDirs.toReversed())
    for (const file of await filesOf(folder))
      if (file === `${id}.json`) return readTemplateFile(join(folder, file));
  const known = (await listTemplates(deps)).map((each) => `${each.id}（${each.name}）`);
  throw new UserError('bulletin.template.unknown', `没有“${id}”这个通报模板。`, {
    field: 'template',
    details: [`可用的模板：${known.join('、')}`],
  });
}

/** Reads and checks one file. Its id is the file's name, so that two never mean the same. */
export async function readTemplateFile(path: string): Promise<Template> {
  const source = basename(path);
  const bytes = await readFile(path).catch((cause: NodeJS.ErrnoException) => {
    throw new UserError('file.unreadable', `读不了文件 ${path}（${cause.code ?? '未知原因'}）。`, {
      cause,
    });
  });
  if (bytes.byteLength > TEMPLATE_BYTES_MAX)
    throw new UserError('bulletin.template', `模板 ${source} 超过 1 MB。`, { field: 'template' });
  const template = compileTemplate(parseJson(bytes, source), source);
  if (`${template.id}.json` !== source)
    throw new UserError(
      'bulletin.template',
      `模板 ${source} 的 id 是“${template.id}”，应与文件名相同。`,
      {
        field: 'template',
      },
    );
  return template;
}

function parseJson(bytes: Uint8Array, source: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new UserError('bulletin.template', `模板 ${source} 不是有效的 JSON（UTF-8）。`, {
      field: 'template',
      cause,
    });
  }
}

async function filesOf(folder: string): Promise<string[]> {
  const names = await readdir(folder).catch((cause: NodeJS.ErrnoException) => {
    // The installation's own folder need not be there.
    if (cause.code === 'ENOENT') return [];
    throw cause;
  });
  return names
    .filter((name) => /^[a-z][a-z0-9-]*\.json$/.test(name))
    .sort()
    .slice(0, TEMPLATES_MAX);
}
