// Answers for as long as they are on screen, and their markings with them.

import { useCallback, useEffect, useId, useLayoutEffect, useState } from "preact/hooks";
import { ask, type Data, Fault, faultOf, type Name, PASSING, type Variables } from "../client";
import { purpose, show, viewer } from "../session";

export interface Asked<T> {
  /** What was answered last. It stays while it is asked again, and where that fails by what passes. */
  data: T | null;
  fault: Fault | null;
  loading: boolean;
  /** Of the answer: its marking, and its request as it stands on record. */
  marking: string | null;
  request: string | null;
  again: () => void;
}

interface State<T> extends Omit<Asked<T>, "again"> {
  /** The question that `data` answers. */
  of: string;
}

const NOTHING = { data: null, marking: null, request: null, of: "" };

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
  const [state, setState] = useState<State<Data<N>>>({ ...NOTHING, fault: null, loading: variables !== null });
  const [turn, setTurn] = useState(0);
  const question = JSON.stringify([name, variables, viewer.value]);
  const key = JSON.stringify([question, purpose.value]);
  // Before the page is drawn: an effect after that would let whoever waits wait for one picture more.
  useLayoutEffect(() => {
    if (variables === null) {
      setState({ ...NOTHING, fault: null, loading: false });
      return;
    }
    const gone = new AbortController();
    setState((before) => (before.loading ? before : { ...before, loading: true }));
    ask(name, variables, gone.signal).then(
      ({ data, marking, request }) => {
        if (!gone.signal.aborted) setState({ data, fault: null, loading: false, marking, request, of: question });
      },
      (error: unknown) => {
        if (gone.signal.aborted) return;
        const fault = faultOf(error);
        setState((before) => ({ ...(before.of === question && PASSING.has(fault.cause) ? before : NOTHING), fault, loading: false }));
      },
    );
    return () => gone.abort();
  }, [key, turn]);
  useMarking(state.marking);
  const again = useCallback(() => setTurn((n) => n + 1), []);
  return { ...state, again };
}
