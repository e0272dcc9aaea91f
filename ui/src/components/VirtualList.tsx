import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useRef } from "react";
import styles from "./VirtualList.module.css";

/** A long list of which only what is seen is drawn. */
export function VirtualList<Item>({
  label,
  items,
  itemKey,
  estimate = 44,
  onNearEnd,
  children,
}: {
  label: string;
  items: readonly Item[];
  itemKey: (item: Item, index: number) => string;
  estimate?: number;
  onNearEnd?: () => void;
  children: (item: Item, index: number) => ReactNode;
}) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({ count: items.length, getScrollElement: () => scroller.current, estimateSize: () => estimate, overscan: 10 });
  const lines = virtual.getVirtualItems();
  const last = lines.at(-1)?.index ?? -1;
  useEffect(() => {
    if (items.length > 0 && last >= items.length - 20) onNearEnd?.();
  }, [last, items.length, onNearEnd]);
  return (
    <div ref={scroller} className={styles["scroller"]} tabIndex={0} role="group" aria-label={label}>
      <div role="list" aria-label={label} className={styles["body"]} style={{ height: virtual.getTotalSize() }}>
        {lines.map((line) => {
          const item = items[line.index];
          if (item === undefined) return null;
          return (
            <div key={itemKey(item, line.index)} ref={virtual.measureElement} data-index={line.index} role="listitem" className={styles["item"]} style={{ transform: `translateY(${line.start}px)` }}>
              {children(item, line.index)}
            </div>
          );
        })}
      </div>
    </div>
  );
}
