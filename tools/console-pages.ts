import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Node, parseSync, Visitor } from 'oxc-parser';
import { ROOT } from './source-files.ts';

const ROUTES = 'console/src/routes';

/** The paths of the console's route tree, as its route files write them: `/sites/$id`. Throws when a route cannot be read. */
export function consolePaths(): string[] {
  return globSync(join(ROOT, ROUTES, '*.tsx'))
    .sort()
    .flatMap(pathsIn);
}

function pathsIn(file: string): string[] {
  const paths: string[] = [];
  const look = new Visitor({
    CallExpression({ callee, arguments: given }) {
      if (callee.type !== 'Identifier' || callee.name !== 'createRoute') return;
      const path = pathOf(given[0]);
      if (path !== null) paths.push(path);
    },
  });
  look.visit(parseSync(file, readFileSync(file, 'utf8')).program);
  return paths;
}

/** The path of a route's options: `path: '/x'` or `...own('/x')`; null for a layout, which has an `id` instead. */
function pathOf(options: Node | undefined): string | null {
  if (options?.type === 'ObjectExpression')
    for (const each of options.properties) {
      if (each.type === 'SpreadElement' && each.argument.type === 'CallExpression') {
        const [path] = each.argument.arguments;
        if (path?.type === 'Literal' && typeof path.value === 'string') return path.value;
      }
      if (each.type !== 'Property' || each.key.type !== 'Identifier') continue;
      if (each.key.name === 'id') return null;
      if (each.key.name === 'path' && each.value.type === 'Literal')
        return String(each.value.value);
    }
  throw new Error(`${ROUTES} 里有一条路由看不出地址：请写成 path: '/…' 或 ...own('/…')。`);
}
