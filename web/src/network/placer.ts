// Places a network beside the page, so that the page goes on. The last question alone is answered.

import { settle, type Space } from "./placing";

export interface Question {
  turn: number;
  space: Space;
  anew: boolean;
}

export interface Placed {
  turn: number;
  x: Float64Array;
  y: Float64Array;
  done: boolean;
}

// As often as the page shows how far it is.
const SLICE_MS = 150;
let now = 0;

addEventListener("message", ({ data: { turn, space, anew } }: MessageEvent<Question>) => {
  now = turn;
  void settle(space, anew, SLICE_MS, (done) => {
    if (turn === now) postMessage({ turn, x: space.x, y: space.y, done } satisfies Placed);
    return turn === now;
  });
});
