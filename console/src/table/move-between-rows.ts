const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, j: 1, ArrowUp: -1, k: -1 };

/** Moves the focus to the first link of the next or former row; false when the key is for something else. */
export function moveBetweenRows(box: HTMLElement, key: string, target: EventTarget): boolean {
  const step = STEPS[key];
  const isTyping =
    target instanceof HTMLElement && target.closest('input, textarea, select, [role=combobox]');
  if (step === undefined || isTyping) return false;
  const rows = [...box.querySelectorAll<HTMLElement>('tr.ant-table-row, [data-row]')];
  const at = rows.findIndex((row) => target instanceof Node && row.contains(target));
  const next = rows[at < 0 ? 0 : at + step];
  const link = next?.querySelector<HTMLElement>('a, button');
  link?.focus();
  return link !== undefined && link !== null;
}
