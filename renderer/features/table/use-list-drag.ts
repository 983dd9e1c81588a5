import { useState, type DragEvent } from 'react';

interface ItemProps {
  readonly draggable: true;
  readonly 'data-over': true | undefined;
  readonly onDragStart: (event: DragEvent) => void;
  readonly onDragOver: (event: DragEvent) => void;
  readonly onDrop: (event: DragEvent) => void;
  readonly onDragEnd: () => void;
}

/** Items of a list that are dragged before one another. */
export function useListDrag(onMove: (name: string, before: string) => void): { item: (name: string) => ItemProps } {
  const [dragged, setDragged] = useState<string | null>(null);
  const [over, setOver] = useState<string | null>(null);
  const end = (): void => {
    setDragged(null);
    setOver(null);
  };
  return {
    item: (name) => ({
      draggable: true,
      'data-over': (over === name && dragged !== name) || undefined,
      onDragStart(event) {
        event.dataTransfer.effectAllowed = 'move';
        event.dataTransfer.setData('text/plain', name);
        setDragged(name);
      },
      onDragOver(event) {
        // Files are dropped elsewhere.
        if (dragged === null) return;
        event.preventDefault();
        setOver(name);
      },
      onDrop(event) {
        event.preventDefault();
        if (dragged !== null && dragged !== name) onMove(dragged, name);
        end();
      },
      onDragEnd: end,
    }),
  };
}
