// What a subscription tells, for as long as it is on screen.

import { useEffect, useRef, useState } from "preact/hooks";
import { type Fault, faultOf, watch, type Answer, type Data, type Name, type Variables } from "../client";
import { purpose, viewer } from "../session";

const AGAIN_MS = 3_000;

/** Have `told` called with each answer; what is wrong, and how to begin again. It is opened again whenever it ends, as the server does after a quarter of an hour. */
export function useStream<N extends Name>(name: N, variables: Variables<N>, told: (answer: Answer<Data<N>>) => void): { fault: Fault | null; again: () => void } {
  const [fault, setFault] = useState<Fault | null>(null);
  const [turn, setTurn] = useState(0);
  const latest = useRef(told);
  latest.current = told;
  const again = (): void => setTurn((n) => n + 1);
  useEffect(() => {
    const gone = new AbortController();
    let timer = 0;
    void (async () => {
      try {
        for await (const answer of watch(name, variables, gone.signal)) {
          if (gone.signal.aborted) return;
          latest.current(answer);
          setFault(null);
        }
        timer = setTimeout(again, AGAIN_MS);
      } catch (error) {
        if (gone.signal.aborted) return;
        // What is away is looked for, and asked again when it is back, by what tells of it: see Trouble.
        setFault(faultOf(error));
      }
    })();
    return () => {
      gone.abort();
      clearTimeout(timer);
    };
  }, [name, JSON.stringify(variables), turn, viewer.value, purpose.value]);
  return { fault, again };
}
