import { useEffect, useState } from "react";

/** Typing waits a moment before it filters, so that the address is not rewritten at each key. */
export function FilterField({ title, whole, value, onValue }: { title: string; whole: boolean; value: string; onValue: (value: string) => void }) {
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  if (known !== value) {
    setKnown(value);
    setText(value);
  }
  useEffect(() => {
    if (text === value) return undefined;
    const timer = setTimeout(() => onValue(text), 250);
    return () => clearTimeout(timer);
  });
  return (
    <input
      aria-label={`Filter ${title}`}
      placeholder={whole ? "whole value" : "filter"}
      title={whole ? "The whole value; ? for unknown. The list is long, so the server filters it." : "Part of the text; =whole; >5, <5 for numbers; ? for unknown"}
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === "Enter") onValue(text);
        if (event.key === "Escape") {
          setText("");
          onValue("");
          event.stopPropagation();
        }
      }}
    />
  );
}
