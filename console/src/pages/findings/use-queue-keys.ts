import { useEffect, useRef } from 'react';
import { commandOf, type QueueCommand } from './review-queue.ts';

/** Listens for the queue's letters on the whole page, except where letters are text and while a dialog is open. */
export function useQueueKeys(isOn: boolean, onCommand: (command: QueueCommand) => void): void {
  const handler = useRef(onCommand);
  handler.current = onCommand;
  useEffect(() => {
    if (!isOn) return;
    const onKey = (event: KeyboardEvent): void => {
      const command = commandOf({
        key: event.key,
        hasModifier: event.ctrlKey || event.altKey || event.metaKey,
        isComposing: event.isComposing,
        isTyping: isTyping(event.target),
      });
      if (command === null || event.defaultPrevented) return;
      event.preventDefault();
      handler.current(command);
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, [isOn]);
}

const TEXT_FIELDS =
  'input, textarea, select, [contenteditable="true"], [role="dialog"], [role="combobox"], [role="listbox"], [role="tree"]';

function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest(TEXT_FIELDS) !== null;
}
