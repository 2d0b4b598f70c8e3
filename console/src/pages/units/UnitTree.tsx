import { Link } from '@tanstack/react-router';
import { Tree } from 'antd';
import { useMemo } from 'react';
import type { UnitNode } from '../../api/types.ts';
import { type TreeOf, unitTree } from '../../util/unit-tree.ts';

interface UnitTreeProps {
  readonly units: readonly UnitNode[];
  readonly isAllOpen: boolean;
  /** Text to make bold in the names. */
  readonly marked: string;
}

interface TreeEntry {
  readonly key: number;
  readonly title: React.ReactNode;
  readonly children?: TreeEntry[];
}

/** Taller trees scroll inside, drawing only the rows in sight: a province has thousands of units. */
const VIRTUAL_FROM = 60;
const HEIGHT = 620;

export function UnitTree({ units, isAllOpen, marked }: UnitTreeProps) {
  const forest = useMemo(() => unitTree(units), [units]);
  const entries = useMemo(() => forest.map((node) => entryOf(node, marked)), [forest, marked]);
  return (
    <Tree
      className="unit-tree"
      aria-label="单位树"
      blockNode
      selectable={false}
      defaultExpandAll={isAllOpen}
      defaultExpandedKeys={forest.map(({ id }) => id)}
      treeData={entries}
      {...(units.length > VIRTUAL_FROM && { height: HEIGHT })}
    />
  );
}

function entryOf(node: TreeOf<UnitNode>, marked: string): TreeEntry {
  const { unit } = node;
  const search = { unitId: String(unit.id) };
  const title = (
    <span className="unit-row">
      <span className="unit-name">
        {markedName(unit.name, marked)}
        {unit.printRow && unit.printRow !== unit.name && (
          <span className="quiet">（通报行：{unit.printRow}）</span>
        )}
      </span>
      <span className="unit-counts">
        <Link to="/sites" search={search}>
          网站 {unit.sites}
        </Link>
        <Link to="/accounts" search={search}>
          新媒体 {unit.accounts}
        </Link>
      </span>
    </span>
  );
  const children = node.children?.map((child) => entryOf(child, marked));
  return { key: unit.id, title, ...(children && { children }) };
}

function markedName(name: string, marked: string): React.ReactNode {
  const at = marked === '' ? -1 : name.indexOf(marked);
  if (at < 0) return name;
  return (
    <>
      {name.slice(0, at)}
      <mark>{marked}</mark>
      {name.slice(at + marked.length)}
    </>
  );
}
