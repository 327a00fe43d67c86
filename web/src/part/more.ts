// Lists that are shown page by page.

import { useRef, useState } from "preact/hooks";
import { Fault, faultOf } from "../client";
import { useMarking } from "./ask";

interface List<E> {
  edges: E[];
  pageInfo: { hasNextPage: boolean; endCursor: string | null };
  /** Counted with the second page and those behind it: most people never ask for one. */
  totalCount?: number;
  totalCountCapped?: boolean;
}

interface Shown<E> {
  edges: E[];
  whole: boolean;
  /** How many are shown of how many; nothing where that is all. */
  told: string;
  fault: Fault | null;
  /** True while the next page is being asked for. */
  loading: boolean;
  more: () => void;
}

/** A list from its first page on; `more` asks `load` for the page behind the last one, and its marking is shown with it. */
export function useMore<E>(first: List<E>, load: (after: string | null) => Promise<{ list: List<E> | undefined; marking: string | null }>): Shown<E> {
  const [edges, setEdges] = useState(first.edges);
  const [page, setPage] = useState(first.pageInfo);
  const [total, setTotal] = useState("");
  const [marking, setMarking] = useState<string | null>(null);
  const [fault, setFault] = useState<Fault | null>(null);
  const [loading, setLoading] = useState(false);
  // Known at once: who presses twice gets one page, not the same one twice.
  const asking = useRef(false);
  useMarking(marking);

  async function next(): Promise<void> {
    if (asking.current) return;
    asking.current = true;
    setLoading(true);
    try {
      const { list, marking } = await load(page.endCursor);
      setFault(null);
      if (!list) return;
      setEdges([...edges, ...list.edges]);
      setPage(list.pageInfo);
      if (list.totalCount !== undefined) setTotal(`${list.totalCountCapped ? "more than " : ""}${list.totalCount.toLocaleString("en-GB")}`);
      setMarking(marking);
    } catch (error) {
      setFault(faultOf(error));
    } finally {
      asking.current = false;
      setLoading(false);
    }
  }

  const told = !page.hasNextPage ? "" : total ? `${edges.length.toLocaleString("en-GB")} of ${total} are shown.` : `${edges.length.toLocaleString("en-GB")} are shown; there are more.`;
  return { edges, whole: !page.hasNextPage, told, fault, loading, more: () => void next() };
}
