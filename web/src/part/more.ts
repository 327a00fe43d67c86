// Lists that are shown page by page.

import { useState } from "preact/hooks";
import { Fault, faultOf } from "../client";
import { useMarking } from "./ask";

interface List<E> {
  edges: E[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
}

interface Shown<E> {
  edges: E[];
  whole: boolean;
  fault: Fault | null;
  more: () => void;
}

/** A list from its first page on; `more` asks `load` for the page behind the last one, and its marking is shown with it. */
export function useMore<E>(first: List<E>, load: (after: string | null) => Promise<{ list: List<E> | undefined; marking: string | null }>): Shown<E> {
  const [edges, setEdges] = useState(first.edges);
  const [page, setPage] = useState(first.pageInfo);
  const [marking, setMarking] = useState<string | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  useMarking(marking);

  async function next(): Promise<void> {
    setFault(null);
    try {
      const { list, marking } = await load(page.endCursor);
      if (!list) return;
      setEdges([...edges, ...list.edges]);
      setPage(list.pageInfo);
      setMarking(marking);
    } catch (error) {
      setFault(faultOf(error));
    }
  }

  return { edges, whole: !page.hasNextPage, fault, more: () => void next() };
}
