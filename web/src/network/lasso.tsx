// A line drawn around things, which chooses them. The list does by keyboard (X) what this does by hand.

import { useState } from "preact/hooks";

type Point = readonly [number, number];

export function Lasso({ done }: { done: (line: readonly Point[]) => void }) {
  const [line, setLine] = useState<readonly Point[]>([]);
  const at = (event: PointerEvent): Point => {
    const { left, top } = (event.currentTarget as Element).getBoundingClientRect();
    return [event.clientX - left, event.clientY - top];
  };
  return (
    <svg class="lasso" data-testid="lasso" aria-hidden="true"
      onPointerDown={(event) => { (event.currentTarget as Element).setPointerCapture(event.pointerId); setLine([at(event)]); }}
      onPointerMove={(event) => line.length > 0 && setLine([...line, at(event)])}
      onPointerUp={() => { const drawn = line; setLine([]); done(drawn); }}>
      {line.length > 1 && <polygon points={line.map(([x, y]) => `${Math.round(x)},${Math.round(y)}`).join(" ")} />}
    </svg>
  );
}
