// Answers for as long as they are on screen, and their markings with them.

import { useCallback, useEffect, useId, useState } from "preact/hooks";
import { ask, type Data, Fault, faultOf, type Name, type Variables } from "../client";
import { purpose, show, token, viewer } from "../session";

export interface Asked<T> {
  data: T | null;
  fault: Fault | null;
  loading: boolean;
  /** Of the answer: its marking, and its request as it stands on record. */
  marking: string | null;
  request: string | null;
  again: () => void;
}

/** Take part in the marking of the screen with this one, while the part is there. */
export function useMarking(marking: string | null): void {
  const who = useId();
  useEffect(() => {
    show(who, marking);
    return () => show(who, null);
  }, [who, marking]);
}

/** The answer to a document, asked again when its variables, the viewer or the purpose change; null variables ask nothing. */
export function useAsk<N extends Name>(name: N, variables: Variables<N> | null): Asked<Data<N>> {
  const [state, setState] = useState<Omit<Asked<Data<N>>, "again">>({
    data: null, fault: null, loading: variables !== null, marking: null, request: null,
  });
  const [turn, setTurn] = useState(0);
  const key = JSON.stringify([variables, viewer.value, token.value, purpose.value]);
  useEffect(() => {
    if (variables === null) {
      setState({ data: null, fault: null, loading: false, marking: null, request: null });
      return;
    }
    const gone = new AbortController();
    setState((before) => ({ ...before, loading: true }));
    ask(name, variables, gone.signal).then(
      ({ data, marking, request }) => setState({ data, fault: null, loading: false, marking, request }),
      (error: unknown) => {
        if (gone.signal.aborted) return;
        setState({ data: null, fault: faultOf(error), loading: false, marking: null, request: null });
      },
    );
    return () => gone.abort();
  }, [name, key, turn]);
  useMarking(state.marking);
  const again = useCallback(() => setTurn((n) => n + 1), []);
  return { ...state, again };
}
